package io.linkwright.domain.group;

import io.linkwright.domain.link.LinkConfiguration;

/** A link with the age of its keys. */
record LinkNode(LinkConfiguration link, KeyAge age) {

  /** The link as the event brought it. */
  static LinkNode keyed(LinkConfiguration link, RecordedEvent event) {
    return new LinkNode(link, new KeyAge(event.occurredAt().toEpochMilli(), event.revision()));
  }

  /**
   * When a link got its keys. Orders links by the age of their keys, the oldest first; those of the
   * same millisecond in the order of their events.
   *
   * @param keyedAtMs time of the event that brought the configuration, in ms since 1970 UTC. No
   *     finer, since an instant has fewer digits on the log than it has live
   * @param revision of that event, which brought no other link
   */
  record KeyAge(long keyedAtMs, long revision) implements Comparable<KeyAge> {
    @Override
    public int compareTo(KeyAge other) {
      int order = Long.compare(keyedAtMs, other.keyedAtMs);
      return order != 0 ? order : Long.compare(revision, other.revision);
    }
  }
}
