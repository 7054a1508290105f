package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an edge runs in one group.
 *
 * @param revision of the last configuration it has acknowledged
 * @param links each with the revision of its document, in the order of their ids
 * @param sending the links that still have former keys, each with the revision of the keys it sends
 *     with; every other link sends with its newest
 */
public record Have(long revision, SortedMap<LinkId, Long> links, SortedMap<LinkId, Long> sending) {

  /** Copies the maps. */
  public Have {
    Revision.require("revision", revision);
    Bounds.require("links", links.size(), ProtocolLimits.MAX_LINKS_PER_EDGE);
    Bounds.require("sending", sending.size(), ProtocolLimits.MAX_LINKS_PER_EDGE);
    links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
    sending = Collections.unmodifiableSortedMap(new TreeMap<>(sending));
  }

  /** From links in any order, none of which has former keys. */
  public static Have of(long revision, Map<LinkId, Long> links) {
    return new Have(revision, new TreeMap<>(links), Collections.emptySortedMap());
  }
}
