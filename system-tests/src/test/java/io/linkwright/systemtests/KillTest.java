package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.cluster.ClusterAccess;
import io.linkwright.cli.replay.ConfigurationComparison;
import io.linkwright.cli.replay.LogReplay;
import io.linkwright.cli.replay.LogReplayState;
import io.linkwright.cli.replay.ReplayListener;
import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole process is killed in the middle of its work, twice, and nothing it said was untrue. */
final class KillTest {
  private static final String GROUP = "killed";
  private static final int EDGES = 12;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 150;
  private static final int KILLS = 2;
  private static final Duration CONVERGENCE_LIMIT = Duration.ofSeconds(90);
  private static final long SEED = 20_261_122;

  private static final ReplayListener SILENT =
      new ReplayListener() {
        @Override
        public void partition(int partition, long offsets) {}

        @Override
        public void read(long offsets) {}
      };

  /** Kept after a failure: what a crash has left behind is the evidence. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void nothingAcknowledgedIsLostAndEveryEdgeConverges() throws Exception {
    List<EdgeId> edges = IntStream.range(0, EDGES).mapToObj(i -> new EdgeId("edge-" + i)).toList();
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("server"));
    LinkLoad load = new LinkLoad(site.server(), GROUP, edges, SEED);
    try (EdgeSite edgeSite = new EdgeSite(edges)) {
      LinkwrightProcess process = LinkwrightProcess.up(site);
      enrol(site, edgeSite, edges);
      edgeSite.connect(site.server(), site.controllerKey().publicKey(), directory.resolve("edges"));

      for (int kill = 0; kill < KILLS; kill++) {
        load.runUntil(ACKNOWLEDGED_BEFORE_KILL, process::kill);
        process = LinkwrightProcess.up(site);
        load.repeatUnanswered();
      }
      load.runUntil(ACKNOWLEDGED_BEFORE_KILL, () -> {});

      Log log = new Log(site.bootstrapServers());
      load.requireEveryAnswerTrue(log, site.controllerKey());
      assertThat(load.acknowledged()).hasSizeGreaterThan(KILLS * ACKNOWLEDGED_BEFORE_KILL);
      edgeConfigIsWhatAReplayYields(site);
      everyEdgeRunsWhatAReplayYields(log, site, edgeSite, edges);
      process.close();
    }
  }

  private static void enrol(LinkwrightProcess.Site site, EdgeSite edgeSite, List<EdgeId> edges) {
    try (LinkwrightApi api = new LinkwrightApi(site.server())) {
      Operator operator = new Operator(api);
      operator.createPartialMesh(GROUP, TunnelProtocol.WIREGUARD);
      for (EdgeId edge : edges) {
        operator.addMember(GROUP, edge.value(), edgeSite.keysOf(edge).publicKeys());
      }
    }
  }

  private static void edgeConfigIsWhatAReplayYields(LinkwrightProcess.Site site) throws Exception {
    ClusterAccess cluster = new ClusterAccess(site.bootstrapServers(), "bundled:", Map.of());
    LogReplayState fold = new LogReplayState();
    try (LogReplay replay = new LogReplay(cluster, fold, SILENT);
        ConfigurationComparison comparison =
            new ConfigurationComparison(cluster, replay, fold, SILENT)) {
      assertThat(comparison.run(Optional.empty())).as("seed %d", SEED).isEmpty();
    }
    assertThat(fold.configuration().entries()).hasSizeGreaterThan(EDGES);
    assertThat(fold.damages()).isEmpty();
  }

  private static void everyEdgeRunsWhatAReplayYields(
      Log log, LinkwrightProcess.Site site, EdgeSite edgeSite, List<EdgeId> edges) {
    ConfigurationReplay replay = log.replay();
    for (EdgeId edge : edges) {
      Eventually.holds(
          CONVERGENCE_LIMIT,
          () -> edgeSite.linksOf(edge).equals(expected(replay, edge)),
          () ->
              "%s runs %s instead of %s, seed %d"
                  .formatted(edge, edgeSite.linksOf(edge), expected(replay, edge), SEED));
    }
    try (LinkwrightApi api = new LinkwrightApi(site.server())) {
      Eventually.holds(
          CONVERGENCE_LIMIT,
          () -> lagging(api).isEmpty(),
          () -> "not all acknowledged what is desired: " + lagging(api));
    }
  }

  private static Set<LinkId> expected(ConfigurationReplay replay, EdgeId edge) {
    return replay.entries().keySet().stream()
        .filter(key -> key.edge().equals(edge) && key.group().equals(new GroupId(GROUP)))
        .map(EdgeConfigKey::link)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<JsonNode> lagging(LinkwrightApi api) {
    return StreamSupport.stream(
            api.get(Operator.members(GROUP)).path("members").spliterator(), false)
        .filter(
            member ->
                !member.path("connected").asBoolean()
                    || member.path("acknowledgedRevision").asLong()
                        != member.path("desiredRevision").asLong())
        .toList();
  }
}
