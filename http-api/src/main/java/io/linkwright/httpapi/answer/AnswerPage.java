package io.linkwright.httpapi.answer;

import java.util.List;
import java.util.Optional;

/**
 * A part of a long answer.
 *
 * @param <T> item
 * @param <P> name of a place in the order of all items
 */
public sealed interface AnswerPage<T, P> permits GroupPage, MemberPage, LinkPage, EventPage {
  /** The items, in order. */
  List<T> items();

  /** Where the next part goes on; nothing at the end. */
  Optional<P> next();
}
