package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LinkwrightTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap on a real log stops its group and nothing else; nor does what a stranger writes. */
@Tag("broker")
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
  void damageAndStrangersRecordsStopNothingElse() throws Exception {
    List<RecordedEvent> gap = history("gap").events();
    cluster.send(List.of(gap.get(0), gap.get(2)));
    for (int partition = 0; partition < 3; partition++) {
      cluster.sendForeign(LinkwrightTopics.EVENTS.name(), partition, "twenty bytes of text");
      cluster.sendForeign(LinkwrightTopics.EDGE_STATUS.name(), partition, "no status");
    }
    cluster.send(history("sound").events());

    try (RunningService running = RunningService.start(cluster.config(stateDir))) {
      assertThat(running.get("/v1/groups/sound?minRevision=3").path("revision").asLong())
          .isEqualTo(3);
      Cluster.await(() -> damaged(running));
      JsonNode group = running.get("/v1/groups/gap");
      assertThat(group.path("revision").asLong()).isEqualTo(1);
      assertThat(group.path("damage").path("revision").asLong()).isEqualTo(3);
      assertThat(group.path("damage").path("reason").asText()).contains("revision 2 is missing");
      assertThat(group.path("notices").findValuesAsText("code")).containsExactly("GROUP_DAMAGED");
      assertThat(running.get("/v1/groups").path("groups").findValuesAsText("id"))
          .containsExactly("gap", "sound");
      HttpResponse<String> later = running.send("/v1/groups/gap?minRevision=3");
      assertThat(later.statusCode()).isEqualTo(503);
      assertThat(later.body()).contains("GROUP_DAMAGED");
      Cluster.await(() -> running.service().readiness().equals(Readiness.ready()));
    }
  }

  private static boolean damaged(RunningService running) {
    try {
      return running.get("/v1/groups/gap").path("damage").isObject();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static GroupHistory history(String group) {
    return new GroupHistory(group)
        .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC)
        .members("a", "b");
  }
}
