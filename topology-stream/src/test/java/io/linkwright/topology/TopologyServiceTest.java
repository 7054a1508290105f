package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.link.TunnelProtocol;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker: events in, view and topology events out, over restarts. */
@Tag("broker")
final class TopologyServiceTest {
  @TempDir private static Path brokerDir;
  @TempDir private Path stateDir;
  private static Cluster cluster;

  @BeforeAll
  static void startBroker() {
    cluster = Cluster.start(brokerDir);
  }

  @AfterAll
  static void stopBroker() {
    cluster.close();
  }

  @Test
  void eventsBecomeViewAndTopologyEventsAndARestartKeepsThem() throws Exception {
    GroupHistory history =
        new GroupHistory("real")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC)
            .members("a", "b", "c")
            .link("a", "b");
    cluster.send(history.events());
    try (RunningService running = RunningService.start(cluster.config(stateDir))) {
      JsonNode group = running.get("/v1/groups/real?minRevision=5");
      assertThat(group.get("revision").asLong()).isEqualTo(5);
      assertThat(group.get("isolatedMembers")).hasToString("[\"c\"]");
      JsonNode events = running.get("/v1/groups/real/events?from=2&limit=3");
      assertThat(events.get("events").findValuesAsText("revision")).containsExactly("2", "3", "4");
      assertThat(events.get("next").asLong()).isEqualTo(5);
    }
    assertThat(cluster.published("real"))
        .extracting(RecordedTopologyEvent::payload)
        .extracting(TopologyEvent::getClass)
        .containsExactly(
            MemberIsolated.class,
            MemberIsolated.class,
            MemberIsolated.class,
            MemberConnected.class,
            MemberConnected.class);

    history.link("b", "c");
    cluster.send(history.events().subList(5, 6));
    try (RunningService again = RunningService.start(cluster.config(stateDir))) {
      JsonNode group = again.get("/v1/groups/real?minRevision=6");
      assertThat(group.get("linkCount").asLong()).isEqualTo(2);
      assertThat(again.get("/v1/groups/real/events?from=6").get("events")).hasSize(1);
    }
    assertThat(cluster.published("real")).hasSize(6);
  }

  @Test
  void aLostStateDirectoryIsRestoredFromTheCluster(@TempDir Path otherDir) throws Exception {
    GroupHistory history =
        new GroupHistory("lost")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
            .members("a", "b");
    cluster.send(history.events());
    try (RunningService running = RunningService.start(cluster.config(stateDir))) {
      running.get("/v1/groups/lost?minRevision=3");
    }
    try (RunningService restored = RunningService.start(cluster.config(otherDir))) {
      assertThat(restored.get("/v1/groups/lost").get("revision").asLong()).isEqualTo(3);
    }
    assertThat(cluster.published("lost")).hasSize(2);
  }

  @Test
  void topicsThatAreNotThereAreNamed() {
    TopologyConfig config = cluster.config(stateDir);
    assertThatThrownBy(() -> SourceTopics.of(config, "linkwright.events", "absent"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("absent");
  }
}
