package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class DataDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void twoRunsCannotShareADirectory() throws Exception {
    Path root = temporary.resolve("data");

    try (DataDirectory first = DataDirectory.open(root)) {
      assertThatThrownBy(() -> DataDirectory.open(first.root()))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data-dir");
    }
  }

  @Test
  void theNextRunMayHaveIt() throws Exception {
    Path root = temporary.resolve("data");
    DataDirectory.open(root).close();

    try (DataDirectory next = DataDirectory.open(root)) {
      assertThat(next.root()).isEqualTo(root);
    }
  }

  @Test
  void itIsForItsOwnerOnly() throws Exception {
    try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aFileInTheWayIsSaid() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("cannot be used as data directory");
  }

  @Test
  void theDefaultFollowsTheDesktopConvention() {
    Path home = Path.of("/home/ada");

    assertThat(DataDirectory.defaultRoot(Map.of(), home)).isEqualTo(home.resolve(".linkwright"));
    assertThat(DataDirectory.defaultRoot(Map.of("XDG_DATA_HOME", "/data"), home))
        .isEqualTo(Path.of("/data/linkwright"));
  }

  @Test
  void aNewKeyIsNotMadeBesideALogThatWasSignedWithAnother() throws Exception {
    try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
      data.requireKeyOfItsLog();
      Files.createDirectories(data.kafka().resolve("linkwright.events-0"));

      assertThatThrownBy(() -> AllInOne.start(AllInOneConfig.onFreePorts(), data))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("controller-key.pem is missing")
          .hasMessageContaining("backup");
      assertThat(data.controllerKey()).doesNotExist();

      Files.createFile(data.controllerKey());
      data.requireKeyOfItsLog();
    }
  }

  @Test
  void aDirectoryThatOthersMayLookIntoIsClosedToThem() throws Exception {
    Path root = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));

    DataDirectory.open(root).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }
}
