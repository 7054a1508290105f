package io.linkwright.topology.view;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Writes a stored value: numbers as base-128 varints (the low seven bits first, as Protocol Buffers
 * do), text as UTF-8 after its length. The first byte is the version of the form. Used by one
 * thread, for one value.
 */
final class RecordWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

  RecordWriter(byte version) {
    bytes.write(version);
  }

  /** A number of 0 or more. */
  RecordWriter number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%d is less than 0".formatted(value));
    }
    long rest = value;
    while (rest >= 0x80) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  /** All 64 bits of a number. */
  RecordWriter fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.write((int) (value >>> shift));
    }
    return this;
  }

  RecordWriter flag(boolean value) {
    bytes.write(value ? 1 : 0);
    return this;
  }

  RecordWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  <T> RecordWriter optional(Optional<T> value, BiConsumer<RecordWriter, T> write) {
    flag(value.isPresent());
    value.ifPresent(present -> write.accept(this, present));
    return this;
  }

  <T> RecordWriter list(List<T> values, BiConsumer<RecordWriter, T> write) {
    number(values.size());
    values.forEach(value -> write.accept(this, value));
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
