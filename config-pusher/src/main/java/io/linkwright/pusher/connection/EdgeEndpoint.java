package io.linkwright.pusher.connection;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.Readiness;
import io.linkwright.http.access.Access;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;

/**
 * {@code GET /v1/edges/{edge}/connect}. Javalin finds the route and lets it be refused with a
 * problem; from the upgrade on Jetty calls {@link EdgeSocket} directly, since Javalin's own
 * WebSocket handlers hear of no pong.
 */
public final class EdgeEndpoint {
  private static final String EDGE = "edge";
  private static final String PATH = "/v1/edges/{" + EDGE + "}/connect";
  private static final String EDGE_ATTRIBUTE = EdgeEndpoint.class.getName() + ".edge";
  private static final String SUBPROTOCOL_HEADER = "Sec-WebSocket-Protocol";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Connections connections;
  private final Supplier<Readiness> readiness;

  /** Lets edges in while the pusher is ready. */
  public EdgeEndpoint(Connections connections, Supplier<Readiness> readiness) {
    this.connections = connections;
    this.readiness = readiness;
  }

  /** Adds the route. */
  public void addTo(JavalinConfig config) {
    config.jetty.modifyWebSocketServletFactory(
        factory -> factory.addMapping("uri-template|" + PATH, this::accept));
    config.routes.wsBeforeUpgrade(PATH, this::check);
    config.routes.ws(PATH, _ -> {}, Access.OWN_PROOF);
  }

  private void check(Context request) {
    EdgeId edge = edge(request);
    String offered = request.header(SUBPROTOCOL_HEADER);
    if (offered == null
        || Arrays.stream(offered.split(",", -1))
            .map(String::strip)
            .noneMatch(EdgeConnection.SUBPROTOCOL::equals)) {
      throw new ProblemException(
          Problem.invalid(
              SUBPROTOCOL_HEADER,
              "the subprotocol %s is expected".formatted(EdgeConnection.SUBPROTOCOL)));
    }
    if (readiness.get() instanceof Readiness.NotReady(String reason)) {
      throw new ProblemException(Problem.notReady(reason, RETRY_AFTER));
    }
    if (!connections.hasRoom(request.req().getRemoteAddr())) {
      throw new ProblemException(Problem.notReady("too many connections", RETRY_AFTER));
    }
    request.attribute(EDGE_ATTRIBUTE, edge);
    request.header(SUBPROTOCOL_HEADER, EdgeConnection.SUBPROTOCOL);
  }

  private static EdgeId edge(Context request) {
    try {
      return new EdgeId(request.pathParam(EDGE));
    } catch (IllegalArgumentException notSlug) {
      throw new ProblemException(Problem.invalid(EDGE, notSlug.getMessage()));
    }
  }

  private EdgeSocket accept(
      JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
    EdgeId edge = (EdgeId) request.getHttpServletRequest().getAttribute(EDGE_ATTRIBUTE);
    return new EdgeSocket(edge, request.getHttpServletRequest().getRemoteAddr(), connections);
  }
}
