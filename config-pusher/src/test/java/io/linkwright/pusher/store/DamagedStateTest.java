package io.linkwright.pusher.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStateTest {
  private static final EdgeConfigKey KEY =
      EdgeConfigKey.ofMembership(new EdgeId("a"), new GroupId("g"));

  @TempDir private Path directory;

  @Test
  void aStateWhoseFilesAreDamagedIsBegunAnew() throws IOException {
    for (String kind : List.of("CURRENT", "MANIFEST", "OPTIONS", ".sst")) {
      fill();
      for (Path file : files(kind)) {
        Files.writeString(file, "damaged");
      }

      requireUsable();
    }
  }

  @Test
  void aStateWhoseFilesAreMissingIsBegunAnew() throws IOException {
    for (String kind : List.of("CURRENT", "MANIFEST", ".sst")) {
      fill();
      for (Path file : files(kind)) {
        Files.delete(file);
      }

      requireUsable();
    }
  }

  @Test
  void whatWasDamagedIsKeptAsideOnce() throws IOException {
    for (int i = 0; i < 2; i++) {
      fill();
      for (Path file : files("MANIFEST")) {
        Files.writeString(file, "damaged " + i);
      }
      requireUsable();
    }

    assertThat(files(DamagedState.ASIDE)).hasSize(1);
    assertThat(directory.resolve(DamagedState.ASIDE)).isNotEmptyDirectory();
  }

  @Test
  void aStateThatAnotherHasOpenIsRefusedAndLeftAlone() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put()), Map.of(0, 1L));

      assertThatThrownBy(() -> ConfigStore.open(directory)).isInstanceOf(StoreFailure.class);

      assertThat(store.find(KEY)).isPresent();
    }
  }

  @Test
  void goesOnAfterItWasOpenedAgain() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put()), Map.of(0, 1L));

      store.reopen();
      store.apply(List.of(put()), Map.of(0, 2L));

      assertThat(store.find(KEY)).isPresent();
      assertThat(store.positions()).isEqualTo(Map.of(0, 2L));
    }
  }

  private void fill() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put()), Map.of(0, 1L));
    }
  }

  private void requireUsable() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put()), Map.of(0, 1L));
      assertThat(store.find(KEY)).isPresent();
    }
    try (ConfigStore store = ConfigStore.open(directory)) {
      assertThat(store.positions()).isEqualTo(Map.of(0, 1L));
    }
  }

  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().contains(kind)).toList();
    }
  }

  private static ConfigRecord put() {
    return new ConfigRecord(KEY, OptionalLong.of(1), Optional.of("x".getBytes(UTF_8)));
  }
}
