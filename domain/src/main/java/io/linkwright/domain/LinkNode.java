package io.linkwright.domain;

import java.time.Instant;

/**
 * A link with the age of its keys.
 *
 * @param keyedAtMs time of the event that brought the configuration, in ms since 1970 UTC. No
 *     finer, since an instant has fewer digits on the log than it has live
 */
record LinkNode(LinkConfiguration link, long keyedAtMs) {

  static LinkNode keyed(LinkConfiguration link, Instant at) {
    return new LinkNode(link, at.toEpochMilli());
  }

  KeyAge age() {
    return new KeyAge(keyedAtMs, link.id());
  }

  /** Orders links by the age of their keys, the oldest first. */
  record KeyAge(long keyedAtMs, LinkId link) implements Comparable<KeyAge> {
    @Override
    public int compareTo(KeyAge other) {
      int order = Long.compare(keyedAtMs, other.keyedAtMs);
      return order != 0 ? order : link.compareTo(other.link);
    }
  }
}
