package io.linkwright.topology.view;

/**
 * A connected component of two members or more.
 *
 * @param members how many
 */
record ComponentRecord(long members) {
  private static final byte VERSION = 1;

  byte[] toBytes() {
    return new RecordWriter(VERSION).number(members).toBytes();
  }

  static ComponentRecord read(byte[] bytes) {
    return new ComponentRecord(new RecordReader(bytes, VERSION).number());
  }
}
