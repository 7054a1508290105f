package io.linkwright.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pusher still knows after a restart, and what it must read anew. */
class PusherRestartTest {
  private static TestCluster cluster;

  @TempDir private Path stateDir;
  private Members members;
  private RunningPusher pusher;

  @BeforeAll
  static void startBroker(@TempDir Path dataDir) {
    cluster = new TestCluster(dataDir);
  }

  @AfterAll
  static void stopBroker() {
    cluster.close();
  }

  @BeforeEach
  void startPusher() throws Exception {
    members = Members.enrolledBy(cluster.controller());
    start();
  }

  @AfterEach
  void stopPusher() {
    pusher.close();
  }

  private void start() throws InterruptedException {
    pusher = new RunningPusher(cluster.bootstrapServers(), stateDir);
  }

  @Test
  void remembersEverythingOverARestart() throws Exception {
    cluster.controller().link(members.group(), members.link());
    cluster.controller().link(members.group(), members.otherLink());
    long revision = cluster.controller().revision();
    pusher.upToDate(members.denver());
    pusher.close();
    cluster.controller().unlink(members.group(), members.link());

    start();

    assertThat(pusher.metrics().get("linkwright.pusher.records.read").counter().count())
        .isEqualTo(2);
    Have have =
        Have.of(revision, Map.of(members.link(), revision - 1, members.otherLink(), revision));
    Config config = pusher.edge(members.denver()).hello(Map.of(members.group(), have)).nextConfig();
    assertThat(config.complete()).isFalse();
    assertThat(config.set()).isEmpty();
    assertThat(config.remove()).containsExactly(members.link());
    assertThat(config.revision()).isEqualTo(cluster.controller().revision());
  }

  @Test
  void servesAnEdgeThatKnowsMoreOnceItHasCaughtUp() throws Exception {
    cluster.controller().link(members.group(), members.link());
    long revision = cluster.controller().revision();
    // As after the topic has forgotten a removal: no pusher can know of revision + 7 any more.
    Have have =
        Have.of(revision + 7, Map.of(members.link(), revision, members.otherLink(), revision - 1));

    Config config = pusher.edge(members.denver()).hello(Map.of(members.group(), have)).nextConfig();

    assertThat(config.remove()).containsExactly(members.otherLink());
    assertThat(config.revision()).isEqualTo(revision + 7);
  }

  @Test
  void readsATopicThatWasMadeAnewFromItsBeginning() throws Exception {
    cluster.controller().link(members.group(), members.link());
    pusher.upToDate(members.denver());
    pusher.close();
    cluster.remakeEdgeConfig();
    RunningPusher.enroll(cluster.controller(), members, members.denver());
    cluster.controller().link(members.group(), members.otherLink());

    start();

    Config config = pusher.edge(members.denver()).hello(Map.of()).nextConfig();
    assertThat(config.set()).extracting("link").containsExactly(members.otherLink());
  }
}
