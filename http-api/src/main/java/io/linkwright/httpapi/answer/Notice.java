package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.Optional;

/**
 * Something an operator should know about a group. A newer server may have further codes and
 * severities.
 *
 * @param code stable name, part of the API
 * @param edge whom it is about; left out if the group
 * @param link that it is about; left out if none
 * @param message for people: what is so, and what to do
 */
public record Notice(
    String code,
    String severity,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EdgeId> edge,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<LinkId> link,
    String message) {
  /** Severity: worth knowing; nothing is wrong. */
  public static final String INFO = "info";

  /** Severity: not as it is meant to be. */
  public static final String WARNING = "warning";

  /** The group stands still at damage of its log. */
  public static final String GROUP_DAMAGED = "GROUP_DAMAGED";

  /** The hub is no member, or there is none. */
  public static final String HUB_MISSING = "HUB_MISSING";

  /** A member without a link. */
  public static final String ISOLATED_MEMBER = "ISOLATED_MEMBER";

  /** One of a link's two tunnels is down. */
  public static final String LINK_DEGRADED = "LINK_DEGRADED";

  /** All tunnels of a link are down. */
  public static final String LINK_DOWN = "LINK_DOWN";

  /** Every pair of a partial mesh is linked. */
  public static final String MESH_COMPLETE = "MESH_COMPLETE";
}
