package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Something that an operator should know about a group. */
public record Notice(
    String code, String severity, Optional<String> edge, Optional<String> link, String message) {
  /** A member without a link. */
  public static final String ISOLATED_MEMBER = "ISOLATED_MEMBER";

  /** Every pair of a partial mesh is linked. */
  public static final String MESH_COMPLETE = "MESH_COMPLETE";

  /** All tunnels of a link are down. */
  public static final String LINK_DOWN = "LINK_DOWN";

  /** One of a link's two tunnels is down. */
  public static final String LINK_DEGRADED = "LINK_DEGRADED";

  static Notice of(JsonNode json) {
    return new Notice(
        json.path("code").asText(),
        json.path("severity").asText("info"),
        Fields.text(json, "edge"),
        Fields.text(json, "link"),
        json.path("message").asText());
  }

  /** Whether something is not as it is meant to be. */
  public boolean isWarning() {
    return severity.equals("warning");
  }
}
