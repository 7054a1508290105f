package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine whose every core is taken eight times over makes {@code up} slow, and nothing else. The
 * full run is by hand: {@code -Dlinkwright.starvation.seconds=300 -Dlinkwright.starvation.edges=200
 * -Dlinkwright.starvation.rate=50}.
 */
@Tag("broker")
@Tag("starving")
final class StarvationTest {
  private static final String GROUP = "starved";
  private static final Duration STARVED =
      Duration.ofSeconds(Integer.getInteger("linkwright.starvation.seconds", 60));
  private static final int EDGES = Integer.getInteger("linkwright.starvation.edges", 24);
  private static final int COMMANDS_PER_SECOND =
      Integer.getInteger("linkwright.starvation.rate", 10);

  /** 30 s on a machine that is idle again; the others that share this one are not our doing. */
  private static final Duration WELL_AGAIN =
      Duration.ofSeconds(Integer.getInteger("linkwright.starvation.recovery", 120));

  private static final long SEED = 20_261_130;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void starvedItIsSlowAndLosesNothing() throws Exception {
    List<EdgeId> edges = IntStream.range(0, EDGES).mapToObj(i -> new EdgeId("edge-" + i)).toList();
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("server"));
    LinkLoad load = new LinkLoad(site.server(), GROUP, edges, SEED);
    try (EdgeSite edgeSite = new EdgeSite(edges);
        LinkwrightProcess process = LinkwrightProcess.up(site);
        LinkwrightApi api = new LinkwrightApi(site.server())) {
      enrol(api, edgeSite, edges);
      edgeSite.connect(site.server(), site.controllerKey().publicKey(), directory.resolve("edges"));

      try (BusyMachine _ = BusyMachine.start(STARVED.plus(Duration.ofMinutes(1)))) {
        load.runFor(STARVED, COMMANDS_PER_SECOND);
      }
      long endNanos = System.nanoTime();

      assertThat(process.isAlive()).as(process.output()).isTrue();
      int unanswered = load.unanswered();
      process.awaitReady(site.server());
      load.repeatUnanswered();
      Eventually.holds(WELL_AGAIN, () -> isWell(api), () -> "not well again: " + process.output());
      Duration wellAfter = Duration.ofNanos(System.nanoTime() - endNanos);
      System.out.printf(
          "starved for %d s: %d acknowledged, %d refused, %d unanswered at first; well after %d"
              + " ms%n",
          STARVED.toSeconds(),
          load.acknowledged().size(),
          load.refused().size(),
          unanswered,
          wellAfter.toMillis());
      assertThat(wellAfter).isLessThan(WELL_AGAIN);
      assertThat(load.acknowledged()).isNotEmpty();
      load.requireEveryAnswerTrue(new Log(site.bootstrapServers()), site.controllerKey());
      assertThat(Files.readString(site.dataDirectory().resolve("linkwright.log")))
          .as("it gave up on nothing")
          .doesNotContain("TaskCorrupted", "out of sync", "FencedException", "stream stops");
    }
  }

  private static void enrol(LinkwrightApi api, EdgeSite edgeSite, List<EdgeId> edges) {
    Operator operator = new Operator(api);
    operator.createPartialMesh(GROUP, TunnelProtocol.WIREGUARD);
    for (EdgeId edge : edges) {
      operator.addMember(GROUP, edge.value(), edgeSite.keysOf(edge).publicKeys());
    }
  }

  /** Every edge is connected and runs what it should. */
  private static boolean isWell(LinkwrightApi api) {
    try {
      return StreamSupport.stream(
              api.get(Operator.members(GROUP) + "?limit=1000").path("members").spliterator(), false)
          .allMatch(StarvationTest::isCurrent);
    } catch (ApiException notYet) {
      return false;
    }
  }

  private static boolean isCurrent(JsonNode member) {
    return member.path("connected").asBoolean()
        && member.path("acknowledgedRevision").asLong() == member.path("desiredRevision").asLong();
  }
}
