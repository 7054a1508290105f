package io.linkwright.domain.text;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks up an enum's constant by the name it has outside. */
public final class Labels {
  private Labels() {}

  public static <E extends Enum<E>> E find(E[] values, Function<E, String> label, String text) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not one of %s"
                        .formatted(
                            Excerpt.of(text),
                            Arrays.stream(values).map(label).collect(Collectors.joining(", ")))));
  }
}
