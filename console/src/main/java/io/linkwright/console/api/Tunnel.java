package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What carries a link.
 *
 * @param index 0 primary, 1 secondary
 * @param status UP, DOWN or UNKNOWN
 * @param statusText for people, in the words of the protocol
 * @param ends what each end says by itself
 */
public record Tunnel(
    int index, String interfaceName, String status, String statusText, List<TunnelEnd> ends) {
  static final String UP = "UP";
  static final String DOWN = "DOWN";
  static final String UNKNOWN = "UNKNOWN";

  static Tunnel of(JsonNode json) {
    return new Tunnel(
        json.path("index").asInt(),
        json.path("interface").asText(),
        json.path("status").asText(UNKNOWN),
        json.path("statusText").asText(),
        Fields.list(json, "ends", TunnelEnd::of));
  }

  /** The style sheet's tone for the status. */
  public String tone() {
    return switch (status) {
      case UP -> "ok";
      case DOWN -> "down";
      default -> "idle";
    };
  }

  /**
   * Whether the status leaves open who says what: it is not up, and at least one end was heard of.
   */
  public boolean needsItsEnds() {
    return !status.equals(UP) && ends.stream().anyMatch(end -> end.heardAt().isPresent());
  }

  /** Which of the two, for people. */
  public String indexWords() {
    return index == 0 ? "Primary (0)" : "Secondary (1)";
  }
}
