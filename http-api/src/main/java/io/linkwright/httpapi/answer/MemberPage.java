package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.linkwright.domain.id.EdgeId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a group's members, by edge.
 *
 * @param next the last member of this page
 */
public record MemberPage(
    long revision, @JsonProperty(MemberPage.ITEMS) List<MemberAnswer> items, Optional<EdgeId> next)
    implements AnswerPage<MemberAnswer, EdgeId> {
  /** Name of the list. */
  public static final String ITEMS = "members";

  /** Copies the list. */
  public MemberPage {
    items = List.copyOf(items);
  }
}
