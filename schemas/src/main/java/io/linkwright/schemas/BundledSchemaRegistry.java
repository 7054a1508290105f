package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * The schemas that this build writes or once wrote, under fixed ids: no registry has to run. Ids
 * are part of the data that embedded installations have on disk, so a released entry never changes;
 * a new version of a schema is a new entry.
 */
public final class BundledSchemaRegistry implements SchemaRegistry {
  /**
   * A schema under its id.
   *
   * @param version counts the schemas of the subject, from 1
   */
  record Entry(int id, String subject, int version, Schema schema) {}

  private static final BundledSchemaRegistry INSTANCE =
      new BundledSchemaRegistry(
          List.of(
              former(1, 1, LinkwrightTopics.EVENTS, "group-event-1.avsc"),
              entry(2, 1, LinkwrightTopics.EDGE_CONFIG),
              former(3, 1, LinkwrightTopics.EDGE_STATUS, "edge-status-reported-1.avsc"),
              entry(4, 1, LinkwrightTopics.TOPOLOGY),
              former(5, 2, LinkwrightTopics.EVENTS, "group-event-2.avsc"),
              former(6, 2, LinkwrightTopics.EDGE_STATUS, "edge-status-reported-2.avsc"),
              entry(7, 3, LinkwrightTopics.EVENTS),
              entry(8, 3, LinkwrightTopics.EDGE_STATUS)));

  private final List<Entry> entries;
  private final Map<Integer, Schema> schemas;

  private BundledSchemaRegistry(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.schemas = entries.stream().collect(Collectors.toMap(Entry::id, Entry::schema));
  }

  /** The one there is. */
  public static BundledSchemaRegistry instance() {
    return INSTANCE;
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return find(subject, schema)
        .map(Entry::id)
        .orElseThrow(
            () ->
                new SchemaRegistryException(
                    "schema %s is not bundled for subject %s"
                        .formatted(schema.getFullName(), subject)));
  }

  @Override
  public Schema schema(int id) {
    Schema schema = schemas.get(id);
    if (schema == null) {
      throw new UnknownSchemaException(
          "schema id %d is not bundled; ids %s are. Was the record written with another registry, or by a newer version?"
              .formatted(id, new TreeSet<>(schemas.keySet())));
    }
    return schema;
  }

  /** All, by id. */
  List<Entry> entries() {
    return entries;
  }

  /** The entry of the subject with an equal schema. */
  Optional<Entry> find(String subject, Schema schema) {
    Schema plain = SchemaTexts.plain(schema);
    return entries.stream()
        .filter(entry -> entry.subject().equals(subject) && entry.schema().equals(plain))
        .findFirst();
  }

  /** What is written today. */
  private static Entry entry(int id, int version, TopicDescriptor topic) {
    return new Entry(id, topic.valueSubject(), version, SchemaTexts.plain(topic.valueSchema()));
  }

  /** What was written once, and is read for ever. */
  private static Entry former(int id, int version, TopicDescriptor topic, String resource) {
    try (InputStream text =
        BundledSchemaRegistry.class.getResourceAsStream("/released/" + resource)) {
      Schema schema = SchemaTexts.parse(new String(text.readAllBytes(), UTF_8));
      return new Entry(id, topic.valueSubject(), version, SchemaTexts.plain(schema));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
