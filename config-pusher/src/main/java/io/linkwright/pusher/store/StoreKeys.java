package io.linkwright.pusher.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.nio.ByteBuffer;

/**
 * Layout of the store. Configurations stand under their Kafka key, {@code edge/group/link}: a slug
 * has no slash, so {@code edge/} is the prefix of one edge and of no other. What the store notes
 * about itself starts with a zero byte, which no slug has.
 */
final class StoreKeys {
  /** Below every configuration. */
  static final byte[] LOWEST = {};

  /** Above every key. */
  static final byte[] HIGHEST = {(byte) 0xff};

  /** Where the content comes from and when it was last known to be current. */
  static final byte[] ORIGIN = {0, 'o'};

  private static final byte[] POSITION_PREFIX = {0, 'p'};
  private static final String FORMER_PREFIX = "\0f";
  private static final char SEPARATOR = '/';

  /** The character after the separator: the end of a prefix that ends with it. */
  private static final char AFTER_SEPARATOR = SEPARATOR + 1;

  private StoreKeys() {}

  static byte[] configuration(EdgeConfigKey key) {
    return key.toString().getBytes(UTF_8);
  }

  static byte[] firstOf(EdgeId edge) {
    return (edge.value() + SEPARATOR).getBytes(UTF_8);
  }

  static byte[] after(EdgeId edge) {
    return (edge.value() + AFTER_SEPARATOR).getBytes(UTF_8);
  }

  static byte[] firstOf(EdgeId edge, GroupId group) {
    return (edge.value() + SEPARATOR + group.value() + SEPARATOR).getBytes(UTF_8);
  }

  static byte[] after(EdgeId edge, GroupId group) {
    return (edge.value() + SEPARATOR + group.value() + AFTER_SEPARATOR).getBytes(UTF_8);
  }

  static EdgeConfigKey parse(byte[] configurationKey) {
    return EdgeConfigKey.parse(new String(configurationKey, UTF_8));
  }

  /** Where the highest revision of an edge in a group stands. */
  static byte[] revision(EdgeId edge, GroupId group) {
    return ("\0r" + edge.value() + SEPARATOR + group.value()).getBytes(UTF_8);
  }

  /** Where the membership stands that the edge had in the group before it was removed. */
  static byte[] former(EdgeId edge, GroupId group) {
    return (FORMER_PREFIX + edge.value() + SEPARATOR + group.value()).getBytes(UTF_8);
  }

  static byte[] firstFormerOf(EdgeId edge) {
    return (FORMER_PREFIX + edge.value() + SEPARATOR).getBytes(UTF_8);
  }

  static byte[] afterFormerOf(EdgeId edge) {
    return (FORMER_PREFIX + edge.value() + AFTER_SEPARATOR).getBytes(UTF_8);
  }

  static GroupId groupOfFormer(byte[] formerKey) {
    String key = new String(formerKey, UTF_8);
    return new GroupId(key.substring(key.indexOf(SEPARATOR) + 1));
  }

  /** Where the offset of the next record of a partition stands. */
  static byte[] position(int partition) {
    return ByteBuffer.allocate(POSITION_PREFIX.length + Integer.BYTES)
        .put(POSITION_PREFIX)
        .putInt(partition)
        .array();
  }

  static byte[] firstPosition() {
    return POSITION_PREFIX.clone();
  }

  static byte[] afterPositions() {
    return new byte[] {0, 'p' + 1};
  }

  static int partition(byte[] positionKey) {
    return ByteBuffer.wrap(positionKey).getInt(POSITION_PREFIX.length);
  }
}
