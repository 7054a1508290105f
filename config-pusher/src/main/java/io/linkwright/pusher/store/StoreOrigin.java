package io.linkwright.pusher.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Where a store's content comes from.
 *
 * @param topicId Kafka's id of the topic: a topic created anew under the old name has another
 * @param currentAt when the store was last known to hold all that the topic held. A store that was
 *     away longer than tombstones stay on the topic would keep what has long been removed
 */
public record StoreOrigin(String topicId, Instant currentAt) {
  private static final char SEPARATOR = ' ';

  byte[] encode() {
    return (topicId + SEPARATOR + currentAt.toEpochMilli()).getBytes(StandardCharsets.UTF_8);
  }

  static StoreOrigin decode(byte[] stored) {
    String text = new String(stored, StandardCharsets.UTF_8);
    int separator = text.indexOf(SEPARATOR);
    return new StoreOrigin(
        text.substring(0, separator),
        Instant.ofEpochMilli(Long.parseLong(text.substring(separator + 1))));
  }
}
