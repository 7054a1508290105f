package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.embedded.LoopbackPort;
import io.linkwright.http.InstanceForwarding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the partitions of a real broker, and each answers for both. */
@Tag("broker")
final class TopologyInstancesTest {
  private static final List<String> GROUPS =
      IntStream.range(0, 8).mapToObj(number -> "group-" + number).toList();

  @TempDir private Path directory;

  @Test
  void everyQueryWorksAtBothAndOneTakesOverWhenTheOtherStops() throws Exception {
    try (Cluster cluster = Cluster.start(directory.resolve("kafka"))) {
      GROUPS.forEach(group -> cluster.send(history(group).events()));
      try (RunningService one = start(cluster, "one")) {
        try (RunningService two = start(cluster, "two")) {
          Cluster.await(() -> answersForAll(one) && answersForAll(two));

          assertThat(held(one) + held(two)).isEqualTo(GROUPS.size());
          assertThat(held(one)).isBetween(1, GROUPS.size() - 1);
          for (RunningService instance : List.of(one, two)) {
            assertThat(instance.get("/v1/groups").path("groups").findValuesAsText("id"))
                .isEqualTo(GROUPS);
            for (String group : GROUPS) {
              assertAnswers(instance, group);
            }
          }
        }

        Cluster.await(() -> answersForAll(one));

        assertThat(held(one)).isEqualTo(GROUPS.size());
        assertThat(one.get("/v1/groups").path("groups").findValuesAsText("id")).isEqualTo(GROUPS);
      }
    }
  }

  private RunningService start(Cluster cluster, String id) {
    URI url = URI.create("http://127.0.0.1:" + LoopbackPort.free(0));
    return RunningService.start(cluster.config(directory.resolve(id)).among(id, url));
  }

  private static void assertAnswers(RunningService instance, String group) throws Exception {
    String path = "/v1/groups/" + group;
    assertThat(instance.get(path + "?minRevision=4").path("linkCount").asInt()).isEqualTo(1);
    assertThat(instance.get(path + "/members").path("members")).hasSize(2);
    assertThat(instance.get(path + "/members/a").path("edge").asText()).isEqualTo("a");
    assertThat(instance.get(path + "/links?edge=a").path("links")).hasSize(1);
    assertThat(instance.get(path + "/graph").path("edges")).hasSize(1);
    assertThat(instance.get(path + "/events?from=2").path("events")).hasSize(3);
  }

  /** Also tells that no group is between two instances any more. */
  private static boolean answersForAll(RunningService instance) {
    return GROUPS.stream()
        .allMatch(group -> status(instance, "/v1/groups/" + group + "?minRevision=4") == 200);
  }

  /** Groups that an instance has itself: a query that was passed on goes no further. */
  private static int held(RunningService instance) {
    return (int)
        GROUPS.stream()
            .filter(
                group ->
                    status(
                            instance,
                            "/v1/groups/" + group,
                            InstanceForwarding.FORWARDED_BY,
                            "the-test")
                        == 200)
            .count();
  }

  private static int status(RunningService instance, String path, String... headers) {
    try {
      return instance.send(path, headers).statusCode();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static GroupHistory history(String group) {
    return new GroupHistory(group)
        .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
        .members("a", "b")
        .link("a", "b");
  }
}
