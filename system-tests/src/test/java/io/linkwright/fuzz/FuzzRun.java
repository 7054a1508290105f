package io.linkwright.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One run: a seed that is printed, so that what it found can be found again, and a time to go on.
 * {@code -Dlinkwright.fuzz.seed} repeats a run, {@code -Dlinkwright.fuzz.seconds} makes it longer.
 * Used by one thread.
 */
final class FuzzRun {
  /** A part's time in every build. */
  private static final long DEFAULT_SECONDS = 20;

  /** Texts that have broken readers of text before. */
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "%",
          "%zz",
          "%00",
          "%u0041",
          "%c0%af",
          "%ff",
          "%ED%A0%80",
          "..",
          "%2e%2e%2f",
          "a%2Fb",
          ";x=1",
          "a;b",
          "-1",
          "0",
          "00",
          "+1",
          "1e9",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999",
          "NaN",
          "null",
          "true",
          "\"1\"",
          "*",
          "W/\"1\"",
          "a~a",
          "~",
          "a~b~c",
          "denver~",
          "A",
          "a".repeat(300),
          "'",
          "\"",
          "<script>",
          "${jndi:ldap://x}",
          "{{7*7}}",
          "\u0000",
          "\r\nX: y",
          "\u001b[31m",
          "\u202egnp",
          "\u200b",
          "\ud800",
          "M\u00fcller",
          "\u6771\u4eac",
          "[]",
          "{}",
          "10.0.0.0/33",
          "0.0.0.0/0",
          "::/0",
          "198.51.100.1:0",
          "198.51.100.1:65536",
          "[::1]:1",
          "P1000000000D",
          "PT-1S");

  private final long seed;
  private final Random random;
  private final long endNanos;

  private FuzzRun(String part) {
    this.seed = Long.getLong("linkwright.fuzz.seed", System.nanoTime());
    this.random = new Random(seed);
    long seconds = Long.getLong("linkwright.fuzz.seconds", DEFAULT_SECONDS);
    this.endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    System.out.printf(
        "fuzz part=%s seed=%d seconds=%d: -Dlinkwright.fuzz.seed=%d repeats it%n",
        part, seed, seconds, seed);
  }

  static FuzzRun of(String part) {
    return new FuzzRun(part);
  }

  boolean goesOn() {
    return System.nanoTime() < endNanos;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in {@code n} times. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  long anyLong() {
    return switch (below(4)) {
      case 0 -> random.nextLong();
      case 1 -> Long.MIN_VALUE + below(3);
      case 2 -> Long.MAX_VALUE - below(3);
      default -> below(20) - 5L;
    };
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  String hostile() {
    return oneOf(HOSTILE);
  }

  byte[] bytes(int maxLength) {
    byte[] bytes = new byte[below(maxLength + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The text with some of its characters changed, left out, doubled, or all cut off behind one. */
  String mutated(String text) {
    return new String(mutated(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  byte[] mutated(byte[] original) {
    byte[] bytes = original.clone();
    for (int change = below(4); change >= 0 && bytes.length > 0; change--) {
      int at = below(bytes.length);
      bytes =
          switch (below(5)) {
            case 0 -> replaced(bytes, at, (byte) random.nextInt());
            case 1 -> replaced(bytes, at, (byte) (bytes[at] ^ 1 << below(8)));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> joined(bytes, at, bytes, at);
            default -> joined(bytes, at, bytes, Math.min(bytes.length, at + 1 + below(8)));
          };
    }
    return bytes;
  }

  private static byte[] replaced(byte[] bytes, int at, byte by) {
    bytes[at] = by;
    return bytes;
  }

  /** {@code head} up to an index, then {@code tail} from an index on. */
  private static byte[] joined(byte[] head, int to, byte[] tail, int from) {
    byte[] both = new byte[to + tail.length - from];
    System.arraycopy(head, 0, both, 0, to);
    System.arraycopy(tail, from, both, to, tail.length - from);
    return both;
  }

  /** For the message of a finding. */
  String seed() {
    return "-Dlinkwright.fuzz.seed=" + seed;
  }
}
