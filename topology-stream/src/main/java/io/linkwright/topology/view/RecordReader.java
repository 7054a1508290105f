package io.linkwright.topology.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what {@link RecordWriter} wrote. A value of an unknown version is never guessed at. Used by
 * one thread, for one value.
 */
final class RecordReader {
  private final byte[] bytes;
  private int position;

  /**
   * Reads the version.
   *
   * @throws UnreadableViewException if it is not the one the caller knows
   */
  RecordReader(byte[] bytes, byte version) {
    this(bytes, version, version);
  }

  /**
   * Reads the version. What a field that {@link #version} does not have stands for, is the caller's
   * to know.
   *
   * @param oldest version that the caller knows
   * @param newest version that the caller knows
   * @throws UnreadableViewException if it is none of them
   */
  RecordReader(byte[] bytes, byte oldest, byte newest) {
    if (bytes.length == 0 || bytes[0] < oldest || bytes[0] > newest) {
      throw new UnreadableViewException(
          ("stored value is not of version %s; this build cannot read the state directory and the"
                  + " changelog")
              .formatted(oldest == newest ? newest : oldest + " to " + newest));
    }
    this.bytes = bytes;
    this.position = 1;
  }

  byte version() {
    return bytes[0];
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = nextByte();
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  long fixed() {
    long value = 0;
    for (int count = 0; count < Long.BYTES; count++) {
      value = value << 8 | (nextByte() & 0xff);
    }
    return value;
  }

  boolean flag() {
    return nextByte() != 0;
  }

  String text() {
    int length = (int) number();
    if (length < 0 || length > bytes.length - position) {
      throw cutShort();
    }
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  <T> Optional<T> optional(Function<RecordReader, T> read) {
    return flag() ? Optional.of(read.apply(this)) : Optional.empty();
  }

  <T> List<T> list(Function<RecordReader, T> read) {
    int size = (int) number();
    if (size < 0 || size > bytes.length - position) {
      // No entry of a list is shorter than a byte.
      throw cutShort();
    }
    List<T> values = new ArrayList<>(size);
    for (int index = 0; index < size; index++) {
      values.add(read.apply(this));
    }
    return values;
  }

  private byte nextByte() {
    if (position >= bytes.length) {
      throw cutShort();
    }
    return bytes[position++];
  }

  private static UnreadableViewException cutShort() {
    return new UnreadableViewException("a stored value ends before its last field");
  }
}
