package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.embedded.LoopbackPort;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import io.linkwright.http.Readiness.NotReady;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away for longer than anything waits for it, and comes back. */
@Tag("broker")
final class OutageTest {
  /** Gives up soon, so that the stream fails in seconds as it would in minutes. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "request.timeout.ms", "1000",
          "default.api.timeout.ms", "2000",
          "delivery.timeout.ms", "2000",
          "max.block.ms", "2000",
          "task.timeout.ms", "0");

  @TempDir private Path directory;

  @Test
  void theViewIsNotReadyMeanwhileAndGoesOnByItself() throws Exception {
    int port = LoopbackPort.free(0);
    GroupHistory history =
        new GroupHistory("outage")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
            .members("a", "b");
    try (Cluster before = Cluster.start(directory.resolve("kafka"), port);
        RunningService running =
            RunningService.start(before.config(directory.resolve("view")).withKafka(IMPATIENT))) {
      before.send(history.events());
      assertThat(running.get("/v1/groups/outage?minRevision=3").path("revision").asLong())
          .isEqualTo(3);
      Cluster.await(() -> running.service().readiness() instanceof Readiness.Ready);
      assertThat(running.send("/v1/groups/outage").headers().map())
          .containsKey("linkwright-view-age-ms");

      before.kafka().close();
      Cluster.await(() -> running.service().readiness() instanceof NotReady);
      assertThat(running.service().liveness()).isEqualTo(Liveness.alive());

      try (Cluster after = Cluster.start(directory.resolve("kafka"), port)) {
        history.link("a", "b");
        after.send(history.events().subList(3, 4));
        Cluster.await(() -> running.service().readiness() instanceof Readiness.Ready);
        assertThat(running.get("/v1/groups/outage?minRevision=4").path("linkCount").asLong())
            .isEqualTo(1);
      }
    }
  }

  @Test
  void aViewThatIsStartedAgainIsReadyThoughNothingHappens() throws Exception {
    GroupHistory history =
        new GroupHistory("again")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
            .members("a", "b");
    try (Cluster cluster = Cluster.start(directory.resolve("kafka"), LoopbackPort.free(0))) {
      cluster.send(history.events());
      TopologyConfig config = cluster.config(directory.resolve("view"));
      try (RunningService first = RunningService.start(config)) {
        assertThat(first.get("/v1/groups/again?minRevision=3").path("revision").asLong())
            .isEqualTo(3);
      }

      try (RunningService again = RunningService.start(config)) {
        Cluster.await(() -> again.service().readiness() instanceof Readiness.Ready);
      }
    }
  }
}
