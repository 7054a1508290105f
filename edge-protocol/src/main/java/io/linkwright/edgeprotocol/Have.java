package io.linkwright.edgeprotocol;

import io.linkwright.domain.LinkId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an edge runs in one group.
 *
 * @param revision of the last configuration it has acknowledged
 * @param links each with the revision of its document, in the order of their ids
 */
public record Have(long revision, SortedMap<LinkId, Long> links) {

  /** Copies the map. */
  public Have {
    Bounds.require("links", links.size(), ProtocolLimits.MAX_LINKS_PER_EDGE);
    links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
  }

  /** From links in any order. */
  public static Have of(long revision, Map<LinkId, Long> links) {
    return new Have(revision, new TreeMap<>(links));
  }
}
