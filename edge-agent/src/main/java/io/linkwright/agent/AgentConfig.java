package io.linkwright.agent;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an agent has to know.
 *
 * @param server where the pusher is: {@code ws://host:port} or {@code wss://host:port}, with {@code
 *     http} and {@code https} meaning the same, and possibly a path before the protocol's own
 * @param controller whose signature counts
 * @param stateDirectory where the edge keeps its last good configuration; nobody else's
 */
public record AgentConfig(
    URI server,
    EdgeId edge,
    EdgeKeys keys,
    ControllerPublicKey controller,
    Path stateDirectory,
    AgentTimings timings) {
  private static final Map<String, String> SCHEMES =
      Map.of("ws", "ws", "wss", "wss", "http", "ws", "https", "wss");

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public AgentConfig {
    if (server.getScheme() == null
        || !SCHEMES.containsKey(server.getScheme())
        || server.getHost() == null
        || server.getQuery() != null
        || server.getFragment() != null) {
      throw new IllegalArgumentException(
          "server=%s is not ws://host:port, wss://host:port or the like".formatted(server));
    }
  }

  /** Address of this edge's WebSocket. */
  public URI endpoint() {
    return address(SCHEMES.get(server.getScheme()), EdgeConnection.path(edge));
  }

  /** Address of a request to the same server. */
  public URI request(String path) {
    return address(SCHEMES.get(server.getScheme()).equals("wss") ? "https" : "http", path);
  }

  private URI address(String scheme, String path) {
    String base = server.toString().replaceFirst("^[a-z]+:", scheme + ":");
    return URI.create(base.replaceFirst("/+$", "") + path);
  }
}
