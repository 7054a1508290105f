package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What one end of a tunnel says of it.
 *
 * @param status UP, DOWN or UNKNOWN
 * @param heardAt when the edge last reported; empty if it never did
 */
public record TunnelEnd(String edge, String status, Optional<String> heardAt) {

  static TunnelEnd of(JsonNode json) {
    return new TunnelEnd(
        json.path("edge").asText(),
        json.path("status").asText(Tunnel.UNKNOWN),
        Fields.text(json, "heardAt"));
  }

  /** The status for people. */
  public String words() {
    return switch (status) {
      case Tunnel.UP -> "Up";
      case Tunnel.DOWN -> "Down";
      default -> "Unknown";
    };
  }

  /** Whether nothing is known, so that it matters how long the edge has been silent. */
  public boolean isUnknown() {
    return !status.equals(Tunnel.UP) && !status.equals(Tunnel.DOWN);
  }
}
