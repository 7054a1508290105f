package io.linkwright.edgeprotocol;

/** Refuses what is larger than the protocol allows, naming it. */
final class Bounds {
  private Bounds() {}

  static void require(String name, int actual, int max) {
    if (actual > max) {
      throw new IllegalArgumentException(
          "%s has %d, more than the allowed %d".formatted(name, actual, max));
    }
  }
}
