package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a request, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the status in words
 * @param code stable name in capitals; clients act on it
 * @param detail for people: what to do differently
 * @param field the part of the body, query or header at fault; left out if it is the whole
 * @param items of a batch, each offending one; left out if there are none
 */
public record ProblemAnswer(
    String title,
    int status,
    String code,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> field,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Item> items) {

  /** Copies the list. */
  public ProblemAnswer {
    items = List.copyOf(items);
  }

  /** An offending item of a batch. */
  public record Item(String field, String code, String detail) {}
}
