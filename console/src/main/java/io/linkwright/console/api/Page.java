package io.linkwright.console.api;

import io.linkwright.httpapi.answer.AnswerPage;
import java.util.List;
import java.util.Optional;

/**
 * A part of a long table.
 *
 * @param next id of the row that the next part starts after; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /** The same of an answer. */
  static <T> Page<T> of(AnswerPage<T, ?> answer) {
    return new Page<>(answer.items(), answer.next().map(Object::toString));
  }
}
