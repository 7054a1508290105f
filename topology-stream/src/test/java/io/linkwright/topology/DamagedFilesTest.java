package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the view are a cache: whatever becomes of them, the view comes back. */
@Tag("broker")
final class DamagedFilesTest {
  @TempDir private Path directory;

  @Test
  void everyFileOverwrittenIsFetchedAgain() throws Exception {
    try (Cluster cluster = Cluster.start(directory.resolve("kafka"))) {
      cluster.send(
          new GroupHistory("files")
              .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
              .members("a", "b")
              .events());
      TopologyConfig config = cluster.config(directory.resolve("view"));
      try (RunningService running = RunningService.start(config)) {
        running.get("/v1/groups/files?minRevision=3");
      }
      for (Path file : files(config.stateDir())) {
        Files.writeString(file, "not what it was");
      }
      try (RunningService again = RunningService.start(config)) {
        assertThat(again.get("/v1/groups/files?minRevision=3").path("memberCount").asLong())
            .isEqualTo(2);
      }
      assertThat(cluster.published("files")).hasSize(2);
    }
  }

  @Test
  void filesAreMovedAsideAfterAFaultOfTheirOwnAlone() throws IOException {
    Path stream = directory.resolve(StreamSettings.APPLICATION_ID);
    StateFiles files = new StateFiles(directory);
    for (int count = 0; count < 2; count++) {
      Files.createDirectories(stream.resolve("0_1"));
      Files.writeString(stream.resolve("0_1").resolve(".checkpoint"), "damaged");

      files.moveAsideAfter(new StreamsException("lost", new TimeoutException("no answer")));
      assertThat(stream).exists();

      files.moveAsideAfter(new StreamsException("x", new ProcessorStateException("corrupt")));
      assertThat(stream).doesNotExist();
      assertThat(directory.resolve("linkwright-topology-damaged/0_1/.checkpoint")).exists();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }
}
