package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.LinkId;
import java.util.List;

/**
 * A link and the states of its tunnels.
 *
 * @param removable whether people add and remove the group's links
 */
public record LinkAnswer(
    @JsonUnwrapped LinkName name, boolean removable, List<TunnelAnswer> tunnels) {

  /** Copies the list. */
  public LinkAnswer {
    tunnels = List.copyOf(tunnels);
  }

  /** Its id. */
  public LinkId id() {
    return name.id();
  }
}
