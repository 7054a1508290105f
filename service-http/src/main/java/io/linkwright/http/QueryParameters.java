package io.linkwright.http;

import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the query of a request as strictly as {@link JsonBody} reads a body: a misspelt {@code
 * dryRun} must not execute. Every refusal is a {@link ProblemException} with 400 naming the
 * parameter. Used by one thread.
 */
public final class QueryParameters {
  private final Map<String, List<String>> parameters;
  private final Set<String> read = new HashSet<>();

  private QueryParameters(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /** The request's query. */
  public static QueryParameters of(Context context) {
    return new QueryParameters(context.queryString() == null ? Map.of() : context.queryParamMap());
  }

  /** The text, or nothing if absent. */
  public Optional<String> text(String name) {
    read.add(name);
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw refuse(name, "is given %d times".formatted(values.size()));
    }
    return values.stream().findFirst();
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
    try {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return OptionalLong.of(value);
      }
    } catch (NumberFormatException notDecimal) {
      throw refuse(name, "must be a whole number within %d..%d".formatted(min, max));
    }
    throw refuse(name, "must be a whole number within %d..%d".formatted(min, max));
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
