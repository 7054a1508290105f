package io.linkwright.pusher.connection;

import static io.linkwright.pusher.connection.TestEndpoint.DENVER;
import static io.linkwright.pusher.connection.TestEndpoint.GROUP;
import static io.linkwright.pusher.connection.TestEndpoint.LINK;
import static io.linkwright.pusher.connection.TestEndpoint.SEATTLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import io.linkwright.pusher.TestEdge;
import io.linkwright.pusher.delivery.DeliveryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real WebSockets against the endpoint; the store is in memory. */
class EdgeEndpointTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final EdgeKeys OTHER_KEYS = EdgeKeys.generate();

  private final TestEndpoint endpoint = new TestEndpoint(DeliveryLimits.DEFAULT);

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void servesAnEdgeThatProvesItself() throws Exception {
    endpoint.member(DENVER, KEYS);

    TestEdge edge = endpoint.edge(DENVER, KEYS).hello(Map.of());
    Config config = edge.nextConfig();
    edge.ack(config);

    assertThat(config.complete()).isTrue();
    endpoint.awaitStatus(status -> status.connected() && status.acknowledgedRevision() == 1);
  }

  @Test
  void tellsOnlyTheEdgesConcernedOfAChange() throws Exception {
    EdgeId bystander = new EdgeId("houston");
    List<EdgeId> ids = List.of(DENVER, SEATTLE, bystander);
    List<TestEdge> edges = new ArrayList<>();
    for (EdgeId id : ids) {
      endpoint.member(id, KEYS);
      TestEdge edge = endpoint.edge(id, KEYS).hello(Map.of());
      edge.ack(edge.nextConfig());
      edges.add(edge);
    }

    endpoint.link();

    assertThat(edges.get(0).nextConfig().set()).extracting("link").containsExactly(LINK);
    assertThat(edges.get(1).nextConfig().set()).extracting("link").containsExactly(LINK);
    assertThat(edges.get(2).isQuiet(200)).isTrue();
  }

  @Test
  void lastConnectionOfAnEdgeReplacesTheOneBefore() throws Exception {
    endpoint.member(DENVER, KEYS);
    TestEdge older = endpoint.edge(DENVER, KEYS).hello(Map.of());
    older.nextConfig();

    TestEdge newer = endpoint.edge(DENVER, KEYS).hello(Map.of());
    Config config = newer.nextConfig();
    newer.ack(config);

    assertThat(older.closeCode()).isEqualTo(EdgeConnection.CLOSE_REPLACED);
    endpoint.awaitStatus(status -> status.acknowledgedRevision() == 1);
    assertThat(endpoint.statuses()).extracting(EdgeStatus::connected).containsOnly(true);
    endpoint.link();
    assertThat(newer.nextConfig().set()).hasSize(1);
  }

  @Test
  void writesDownThatAnEdgeIsGone() throws Exception {
    endpoint.member(DENVER, KEYS);
    TestEdge edge = endpoint.edge(DENVER, KEYS).hello(Map.of());
    edge.nextConfig();

    edge.close();

    endpoint.awaitStatus(status -> !status.connected());
  }

  @Test
  void edgeThatDoesNotReadHoldsUpNobodyAndNoMemory() throws Exception {
    int groups = 12;
    for (int i = 0; i < groups; i++) {
      endpoint.memberOf(new GroupId("g" + i), DENVER, KEYS);
    }
    endpoint.member(SEATTLE, OTHER_KEYS);
    TestEdge slow = endpoint.edge(DENVER, KEYS);
    slow.stopReading();
    slow.hello(Map.of());
    TestEdge other = endpoint.edge(SEATTLE, OTHER_KEYS).hello(Map.of());
    other.ack(other.nextConfig());

    for (int round = 0; round < 50; round++) {
      endpoint.link();
      Config config = other.nextConfig();
      other.ack(config);
    }

    assertThat(endpoint.outstanding())
        .isLessThanOrEqualTo(DeliveryLimits.DEFAULT.maxOutstanding() + 1);
    slow.readOn();
    for (int i = 0; i < groups; i++) {
      slow.ack(slow.nextConfig());
    }
  }

  @Test
  void sendsEdgesAwayWhenItStops() throws Exception {
    endpoint.member(DENVER, KEYS);
    TestEdge edge = endpoint.edge(DENVER, KEYS).hello(Map.of(GROUP, Have.of(1, Map.of())));
    endpoint.awaitStatus(EdgeStatus::connected);

    endpoint.closeConnections();

    assertThat(edge.closeCode()).isEqualTo(1001);
    endpoint.awaitStatus(status -> !status.connected());
  }
}
