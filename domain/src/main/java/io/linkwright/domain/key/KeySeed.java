package io.linkwright.domain.key;

/**
 * 256 fresh random bits of one command. Everything secret that the command makes is derived from
 * it, so that deciding and sealing agree without the secrets passing through an event.
 */
public final class KeySeed {
  /** Length in bytes. */
  public static final int LENGTH_BYTES = 32;

  private final byte[] bytes;

  /**
   * Wraps a copy of {@code bytes}, which come from a CSPRNG.
   *
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public KeySeed(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a key seed has %d bytes".formatted(LENGTH_BYTES));
    }
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Never the bytes. */
  @Override
  public String toString() {
    return "KeySeed[redacted]";
  }
}
