package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/**
 * A group, alone or in a list.
 *
 * @param isolatedMembers without a link, where links are made by hand
 * @param damage at which it stands still
 */
public record GroupAnswer(
    @JsonUnwrapped GroupSettingsAnswer settings,
    long revision,
    long memberCount,
    long linkCount,
    List<EdgeId> isolatedMembers,
    Optional<DamageAnswer> damage,
    List<Notice> notices) {

  /** Copies the lists. */
  public GroupAnswer {
    isolatedMembers = List.copyOf(isolatedMembers);
    notices = List.copyOf(notices);
  }

  /** Its id. */
  public GroupId id() {
    return settings.id();
  }
}
