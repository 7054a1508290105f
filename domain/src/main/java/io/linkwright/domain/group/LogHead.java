package io.linkwright.domain.group;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the chain of a group's events has come to: a hash over the group's id and the bytes of every
 * event that counts, in their order. Two logs with the same head tell the same. Made by {@link
 * LogChain}. Immutable.
 */
public final class LogHead {
  private final byte[] bytes;

  /** Takes the array over. */
  LogHead(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes themselves, for one who only reads them. */
  byte[] shared() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogHead that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
