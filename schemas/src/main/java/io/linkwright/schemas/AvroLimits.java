package io.linkwright.schemas;

/**
 * Bounds what Avro takes at a record's word: a text in a record of twenty bytes may say that it is
 * two gigabytes long, and Avro makes room for it before it reads on. For the whole process; what
 * was set by its properties stays.
 */
final class AvroLimits {
  /** Longest text or bytes; no record is as large. */
  static final int MAX_LENGTH_BYTES = 16 << 20;

  /** Most entries of a list. */
  static final int MAX_ITEMS = 1_000_000;

  static {
    limit("string.maxLength", MAX_LENGTH_BYTES);
    limit("bytes.maxLength", MAX_LENGTH_BYTES);
    limit("collectionItems.maxLength", MAX_ITEMS);
  }

  private AvroLimits() {}

  /** Takes effect at the first call, which must come before anything is read. */
  static void declare() {
    // The static initializer does it, once.
  }

  private static void limit(String name, int value) {
    String key = "org.apache.avro.limits." + name;
    if (System.getProperty(key) == null) {
      System.setProperty(key, Integer.toString(value));
    }
  }
}
