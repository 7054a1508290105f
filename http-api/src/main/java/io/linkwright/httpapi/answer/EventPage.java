package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A part of a group's log, oldest first.
 *
 * @param next the first revision of the next page
 */
public record EventPage(
    long revision, @JsonProperty(EventPage.ITEMS) List<EventAnswer> items, Optional<Long> next)
    implements AnswerPage<EventAnswer, Long> {
  /** Name of the list. */
  public static final String ITEMS = "events";

  /** Copies the list. */
  public EventPage {
    items = List.copyOf(items);
  }
}
