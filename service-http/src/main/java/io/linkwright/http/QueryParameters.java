package io.linkwright.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the query of a request as strictly as {@link JsonBody} reads a body: a misspelt {@code
 * dryRun} must not execute. Every refusal is a {@link ProblemException} with 400 naming the
 * parameter. Used by one thread.
 */
public final class QueryParameters {
  /** {@link Long#parseLong} takes signs, and the digits of all scripts. */
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,19}");

  private final Map<String, String> parameters;
  private final Set<String> read = new HashSet<>();

  private QueryParameters(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** The request's query. */
  public static QueryParameters of(Context context) {
    return new QueryParameters(QueryString.parse(context.queryString()));
  }

  /** The text, or nothing if absent. */
  public Optional<String> text(String name) {
    read.add(name);
    return Optional.ofNullable(parameters.get(name));
  }

  /** The text in the form that {@code parser} knows, or nothing if absent. */
  public <T> Optional<T> parsed(String name, Function<String, T> parser) {
    return text(name)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (IllegalArgumentException wrongForm) {
                throw refuse(name, wrongForm.getMessage());
              }
            });
  }

  /** A whole number within {@code min..max}, {@code fallback} if absent. */
  public int integer(String name, int fallback, int min, int max) {
    return (int) optionalLong(name, min, max).orElse(fallback);
  }

  /** A whole number within {@code min..max}, or nothing if absent. */
  public OptionalLong optionalLong(String name, long min, long max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        decimal(text.get())
            .filter(value -> value >= min && value <= max)
            .orElseThrow(
                () -> refuse(name, "must be a whole number within %d..%d".formatted(min, max))));
  }

  /** A whole number in decimal digits and nothing else, or nothing. */
  public static Optional<Long> decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException aboveAnyLong) {
      return Optional.empty();
    }
  }

  /** {@code true} or {@code false}; false if absent. */
  public boolean flag(String name) {
    return text(name)
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw refuse(name, "must be true or false");
                })
        .orElse(false);
  }

  /** All parameters, for a form that takes what it knows and leaves the rest. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Refuses a parameter that nobody has read. */
  public void done() {
    for (String name : parameters.keySet()) {
      if (!read.contains(name)) {
        throw refuse(name, "unknown query parameter");
      }
    }
  }

  private static ProblemException refuse(String name, String detail) {
    return new ProblemException(Problem.invalid(name, detail));
  }
}
