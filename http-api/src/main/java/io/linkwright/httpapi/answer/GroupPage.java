package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.linkwright.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/**
 * A part of all groups, by id.
 *
 * @param next the last group of this page
 */
public record GroupPage(
    @JsonProperty(GroupPage.ITEMS) List<GroupAnswer> items, Optional<GroupId> next)
    implements AnswerPage<GroupAnswer, GroupId> {
  /** Name of the list. */
  public static final String ITEMS = "groups";

  /** Copies the list. */
  public GroupPage {
    items = List.copyOf(items);
  }
}
