package io.linkwright.pusher.connection;

import static io.linkwright.pusher.connection.TestEndpoint.DENVER;
import static io.linkwright.pusher.connection.TestEndpoint.MAX_CONNECTIONS;
import static io.linkwright.pusher.connection.TestEndpoint.SEATTLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.http.Readiness;
import io.linkwright.pusher.TestEdge;
import io.linkwright.pusher.delivery.DeliveryLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom the endpoint turns away, over real WebSockets, and what it lets nobody do. */
class RefusedConnectionsTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final EdgeKeys OTHER_KEYS = EdgeKeys.generate();

  private final TestEndpoint endpoint = new TestEndpoint(DeliveryLimits.DEFAULT);

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void tellsAStrangerNothing() throws Exception {
    endpoint.member(DENVER, KEYS);

    TestEdge wrongKey = endpoint.edge(DENVER, OTHER_KEYS).hello(Map.of());
    TestEdge wrongChallenge = endpoint.edge(DENVER, KEYS).wrongHello();
    TestEdge unknown = endpoint.edge(SEATTLE, KEYS).hello(Map.of());

    for (TestEdge stranger : List.of(wrongKey, wrongChallenge, unknown)) {
      assertThat(stranger.closeCode()).isEqualTo(EdgeConnection.CLOSE_UNAUTHORIZED);
      assertThat(stranger.closeReason()).isEqualTo("unauthorized");
      assertThat(stranger.isQuiet(0)).isTrue();
    }
    assertThat(endpoint.statuses()).isEmpty();
  }

  @Test
  void closesOnWhatTheProtocolDoesNotAllow() throws Exception {
    endpoint.member(DENVER, KEYS);
    TestEdge malformed = endpoint.edge(DENVER, KEYS);
    malformed.sendText("{\"type\":\"hello\"");
    TestEdge unknownType = endpoint.edge(DENVER, KEYS);
    unknownType.sendText("{\"type\":\"gossip\"}");
    TestEdge binary = endpoint.edge(DENVER, KEYS);
    binary.sendBinary();
    TestEdge twice = endpoint.edge(DENVER, KEYS).hello(Map.of());
    twice.nextConfig();
    twice.send(EdgeMessage.Hello.of(new byte[64], Map.of()));

    for (TestEdge edge : List.of(malformed, unknownType, binary, twice)) {
      assertThat(edge.closeCode()).isEqualTo(EdgeConnection.CLOSE_PROTOCOL_ERROR);
    }
    assertThat(unknownType.closeReason()).contains("type");
    assertThat(twice.closeReason()).contains("hello came twice");
  }

  @Test
  void boundsWhatAStrangerMaySend() throws Exception {
    TestEdge edge = endpoint.edge(DENVER, KEYS);

    edge.trySendText("x".repeat(5 << 20));

    assertThat(edge.closeCode()).isEqualTo(1009);
  }

  @Test
  void refusesTheUpgradeWithAProblem() throws Exception {
    assertThat(endpoint.refusal(EdgeConnection.path(DENVER), "chat")).isEqualTo(400);
    assertThat(endpoint.refusal("/v1/edges/Not_A_Slug/connect", EdgeConnection.SUBPROTOCOL))
        .isEqualTo(400);
    endpoint.becomes(Readiness.notReady("reading"));
    assertThat(endpoint.refusal(EdgeConnection.path(DENVER), EdgeConnection.SUBPROTOCOL))
        .isEqualTo(503);
    assertThat(endpoint.plainGet(EdgeConnection.path(DENVER))).isEqualTo(404);
  }

  @Test
  void boundsConnections() throws Exception {
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
      endpoint.edge(DENVER, KEYS).next();
    }

    assertThat(endpoint.refusal(EdgeConnection.path(DENVER), EdgeConnection.SUBPROTOCOL))
        .isEqualTo(503);
  }

  @Test
  void doesNotWaitForeverForAHello() throws Exception {
    DeliveryLimits usual = DeliveryLimits.DEFAULT;
    DeliveryLimits hasty =
        new DeliveryLimits(
            usual.maxLinksPerConfig(),
            usual.maxConfigChars(),
            usual.maxOutstanding(),
            Duration.ofMillis(200),
            usual.ackTimeout(),
            usual.firstRetry(),
            usual.maxRetry(),
            usual.refreshInterval(),
            usual.formerKeysGrace());

    try (TestEndpoint impatient = new TestEndpoint(hasty)) {
      assertThat(impatient.edge(DENVER, KEYS).closeCode()).isEqualTo(4408);
    }
  }
}
