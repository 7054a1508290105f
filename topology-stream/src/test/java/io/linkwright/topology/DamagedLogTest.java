package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.http.Readiness;
import io.linkwright.http.Readiness.NotReady;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap on a real log stops the real stream, and readiness says why. */
final class DamagedLogTest {
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
  void aGapStopsTheStreamLoudly() {
    List<RecordedEvent> events =
        new GroupHistory("gap")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC)
            .members("a", "b")
            .events();
    cluster.send(List.of(events.get(0), events.get(2)));
    try (TopologyService service = cluster.startService(stateDir)) {
      Cluster.await(
          () ->
              service.readiness() instanceof NotReady(String reason) && reason.contains("stopped"));
      assertThat(service.readiness())
          .isEqualTo(
              Readiness.notReady(
                  "the stream has stopped: group gap goes from revision 1 to 3: events are"
                      + " missing on the log"));
    }
  }
}
