package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.linkwright.domain.id.LinkId;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Links with a revision each, as a JSON object whose names are the links' ids. */
final class LinkRevisions {
  private LinkRevisions() {}

  static void write(JsonGenerator json, String name, SortedMap<LinkId, Long> revisions)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<LinkId, Long> link : revisions.entrySet()) {
      json.writeNumberField(link.getKey().toString(), link.getValue());
    }
    json.writeEndObject();
  }

  static void writeUnlessEmpty(JsonGenerator json, String name, SortedMap<LinkId, Long> revisions)
      throws IOException {
    if (!revisions.isEmpty()) {
      write(json, name, revisions);
    }
  }

  static SortedMap<LinkId, Long> read(JsonFields fields, String name, int maxSize)
      throws ProtocolException {
    JsonFields links = fields.object(name);
    SortedMap<LinkId, Long> revisions = new TreeMap<>();
    for (String link : links.names(maxSize)) {
      revisions.put(links.parsedName(link, LinkId::parse), links.revision(link));
    }
    return revisions;
  }

  static SortedMap<LinkId, Long> readIfPresent(JsonFields fields, String name, int maxSize)
      throws ProtocolException {
    return fields.has(name) ? read(fields, name, maxSize) : Collections.emptySortedMap();
  }
}
