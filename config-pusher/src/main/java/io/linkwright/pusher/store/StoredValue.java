package io.linkwright.pusher.store;

import java.nio.ByteBuffer;

/**
 * What the store keeps for a key: the revision in front of the record's bytes, so that comparing
 * with what an edge has decodes nothing.
 *
 * @param revision 0 if the record carried none
 * @param bytes the record's value as it came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredValue(long revision, byte[] bytes) {

  byte[] encode() {
    return ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(revision).put(bytes).array();
  }

  static StoredValue decode(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    long revision = buffer.getLong();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new StoredValue(revision, bytes);
  }

  static long revisionOf(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }
}
