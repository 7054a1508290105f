package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A link as the table shows it.
 *
 * @param removable whether people may take it away
 */
public record Link(String id, String edgeA, String edgeB, boolean removable, List<Tunnel> tunnels) {

  static Link of(JsonNode json) {
    return new Link(
        json.path("id").asText(),
        json.path("edgeA").asText(),
        json.path("edgeB").asText(),
        json.path("removable").asBoolean(),
        Fields.list(json, "tunnels", Tunnel::of));
  }

  /** The other end. */
  public String peerOf(String edge) {
    return edge.equals(edgeA) ? edgeB : edgeA;
  }

  /** The worst that can be said of its tunnels: DOWN, else UNKNOWN, else UP. */
  public String worstStatus() {
    return tunnels.stream()
        .map(Tunnel::status)
        .reduce(
            Tunnel.UP,
            (worst, status) -> {
              if (worst.equals(Tunnel.DOWN) || status.equals(Tunnel.UP)) {
                return worst;
              }
              return status;
            });
  }
}
