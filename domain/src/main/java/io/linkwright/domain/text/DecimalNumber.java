package io.linkwright.domain.text;

import java.util.OptionalInt;

/** Reads small decimal numbers as people write them: ASCII digits alone, no sign, no padding. */
public final class DecimalNumber {
  private DecimalNumber() {}

  /** The number; empty if the text is no number of at most {@code maxDigits} digits. */
  public static OptionalInt parse(String text, int maxDigits) {
    boolean padded = text.length() > 1 && text.charAt(0) == '0';
    if (text.isEmpty() || text.length() > maxDigits || padded) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return OptionalInt.empty();
      }
      number = 10 * number + (digit - '0');
    }
    return OptionalInt.of(number);
  }
}
