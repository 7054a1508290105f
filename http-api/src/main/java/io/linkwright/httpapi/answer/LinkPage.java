package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.linkwright.domain.id.LinkId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a group's links, by id.
 *
 * @param next the last link of this page
 */
public record LinkPage(
    long revision, @JsonProperty(LinkPage.ITEMS) List<LinkAnswer> items, Optional<LinkId> next)
    implements AnswerPage<LinkAnswer, LinkId> {
  /** Name of the list. */
  public static final String ITEMS = "links";

  /** Copies the list. */
  public LinkPage {
    items = List.copyOf(items);
  }
}
