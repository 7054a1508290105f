package io.linkwright.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system without room; mounting one needs root. */
final class DiskFullTest {
  private static final String LINE = "x".repeat(1_000);

  @TempDir private Path mountPoint;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "linkwright-test", mountPoint.toString())
            == 0,
        "mounting a small file system needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    int _ = run("umount", mountPoint.toString());
  }

  @Test
  void whatDoesNotFitLeavesNothingAndWhatComesWhenThereIsRoomIsKept() throws Exception {
    Path file = mountPoint.resolve("configuration.log");
    Path filler = mountPoint.resolve("filler");
    ConfigurationLog log = ConfigurationLog.open(file).log();
    log.append(List.of("header", "kept"));
    fill(filler);
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      try {
        log.append(List.of(LINE + "refused"));
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("space");
        refused++;
      }
    }
    assertThat(refused).isPositive();
    long before = log.sizeBytes();
    assertThatThrownBy(() -> log.replace(List.of("header", LINE.repeat(10))))
        .isInstanceOf(IOException.class);
    assertThat(mountPoint.resolve("configuration.log.new")).doesNotExist();
    assertThat(log.sizeBytes()).isEqualTo(before);

    Files.delete(filler);
    log.append(List.of("after"));
    log.close();

    ConfigurationLog.Opened again = ConfigurationLog.openToRead(file);
    assertThat(again.damaged()).isZero();
    assertThat(again.lines()).startsWith("kept").endsWith("after");
    again.log().close();
  }

  @Test
  void aFullDiskDoesNotKeepAnAgentFromItsDirectory() throws Exception {
    DirectoryLock.acquire(mountPoint).close();
    fill(mountPoint.resolve("filler"));

    DirectoryLock.acquire(mountPoint).close();
  }

  /** To the last byte. */
  private static void fill(Path file) {
    byte[] block = new byte[512];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor();
  }
}
