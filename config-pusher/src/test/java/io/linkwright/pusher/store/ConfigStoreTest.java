package io.linkwright.pusher.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigStoreTest {
  private static final EdgeId EDGE = new EdgeId("a");
  private static final GroupId GROUP = new GroupId("g");
  private static final LinkId LINK = LinkId.parse("a~b");

  private static final int MAX_COPIES = 200;

  @TempDir private Path directory;

  @Test
  void keepsTheNewestRecordOfEachKey() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      EdgeConfigKey key = EdgeConfigKey.ofLink(EDGE, GROUP, LINK);
      store.apply(List.of(put(key, 1, "old"), put(key, 2, "new")), Map.of(0, 2L));

      StoredValue value = store.find(key).orElseThrow();

      assertThat(value.revision()).isEqualTo(2);
      assertThat(value.bytes()).asString().isEqualTo("new");
    }
  }

  @Test
  void scansOneEdgeInOneGroupAndNothingBesides() {
    EdgeId longer = new EdgeId("a-b");
    GroupId longerGroup = new GroupId("g-2");
    LinkId otherLink = LinkId.parse("a-b~a");
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(
          List.of(
              put(EdgeConfigKey.ofMembership(EDGE, GROUP), 1, ""),
              put(EdgeConfigKey.ofLink(EDGE, GROUP, LINK), 2, ""),
              put(EdgeConfigKey.ofLink(EDGE, longerGroup, otherLink), 3, ""),
              put(EdgeConfigKey.ofMembership(longer, GROUP), 4, ""),
              put(EdgeConfigKey.ofMembership(longer, longerGroup), 5, ""),
              put(EdgeConfigKey.ofLink(longer, GROUP, otherLink), 6, "")),
          Map.of(0, 6L));

      assertThat(store.memberships(EDGE)).containsExactly(GROUP);
      assertThat(store.memberships(longer)).containsExactlyInAnyOrder(GROUP, longerGroup);
      assertThat(store.memberships(new EdgeId("b"))).isEmpty();
      assertThat(store.linkRevisions(EDGE, GROUP)).isEqualTo(Map.of(LINK, 2L));
      assertThat(store.linkRevisions(EDGE, longerGroup)).isEqualTo(Map.of(otherLink, 3L));
      assertThat(store.linkRevisions(longer, longerGroup)).isEmpty();
    }
  }

  @Test
  void remembersTheRevisionOfARemoval() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      EdgeConfigKey key = EdgeConfigKey.ofLink(EDGE, GROUP, LINK);
      store.apply(List.of(put(key, 4, "x")), Map.of(0, 1L));
      store.apply(List.of(remove(key, 9)), Map.of(0, 2L));

      assertThat(store.revision(EDGE, GROUP)).isEqualTo(9);
      assertThat(store.revision(EDGE, new GroupId("h"))).isZero();
    }
  }

  @Test
  void aHugeNumberOnATombstoneOfAStrangerCountsUntilTheWritersNextRecordOnly() {
    try (ConfigStore store = ConfigStore.open(directory)) {
      EdgeConfigKey key = EdgeConfigKey.ofLink(EDGE, GROUP, LINK);
      store.apply(List.of(put(key, 4, "x"), remove(key, Revision.MAX)), Map.of(0, 2L));
      store.apply(List.of(put(key, 5, "y")), Map.of(0, 3L));

      assertThat(store.revision(EDGE, GROUP)).isEqualTo(5);
    }
  }

  @Test
  void keepsTheLastMembershipThatWasRemovedAlsoWithinOneBatch() {
    EdgeConfigKey key = EdgeConfigKey.ofMembership(EDGE, GROUP);
    EdgeConfigKey other = EdgeConfigKey.ofMembership(EDGE, new GroupId("h"));
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put(key, 1, "first")), Map.of(0, 1L));
      store.apply(List.of(remove(key, 2)), Map.of(0, 2L));
      String first = former(store, GROUP);
      store.apply(
          List.of(put(key, 3, "second"), remove(key, 4), put(other, 5, "x"), remove(key, 4)),
          Map.of(0, 6L));

      assertThat(first).isEqualTo("2 first");
      assertThat(former(store, GROUP)).isEqualTo("4 second");
      assertThat(store.formerMemberships(EDGE)).containsOnlyKeys(GROUP);
      assertThat(store.formerMemberships(new EdgeId("a-b"))).isEmpty();
      assertThat(store.memberships(EDGE)).containsExactly(new GroupId("h"));
    }
  }

  private static String former(ConfigStore store, GroupId group) {
    StoredValue value = store.formerMemberships(EDGE).get(group);
    return value.revision() + " " + new String(value.bytes(), UTF_8);
  }

  @Test
  void isTheSameAfterItWasClosed() {
    EdgeConfigKey key = EdgeConfigKey.ofLink(EDGE, GROUP, LINK);
    StoreOrigin origin = new StoreOrigin("topic-id", Instant.ofEpochMilli(1_234));
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put(key, 3, "x")), Map.of(0, 17L, 5, 4L));
      store.origin(origin);
    }

    try (ConfigStore store = ConfigStore.open(directory)) {
      assertThat(store.find(key)).isPresent();
      assertThat(store.positions()).isEqualTo(Map.of(0, 17L, 5, 4L));
      assertThat(store.origin()).contains(origin);
      assertThat(store.revision(EDGE, GROUP)).isEqualTo(3);
    }
  }

  @Test
  void forgetsEverythingWhenCleared() {
    EdgeConfigKey key = EdgeConfigKey.ofLink(EDGE, GROUP, LINK);
    try (ConfigStore store = ConfigStore.open(directory)) {
      store.apply(List.of(put(key, 3, "x")), Map.of(0, 17L));
      store.origin(new StoreOrigin("topic-id", Instant.EPOCH));

      store.clear();

      assertThat(store.find(key)).isEmpty();
      assertThat(store.positions()).isEmpty();
      assertThat(store.origin()).isEmpty();
      assertThat(store.revision(EDGE, GROUP)).isZero();
    }
  }

  /** What a killed process leaves is what had reached the disk: never records without offsets. */
  @Test
  void isAtAnEarlierPointAfterACrashNeverAtAnInconsistentOne(@TempDir Path crashed)
      throws IOException {
    int records = 20_000;
    byte[] value = new byte[4_000];
    new Random(1).nextBytes(value);
    try (ConfigStore store = ConfigStore.open(directory)) {
      for (int offset = 0; offset < records; offset += 100) {
        List<ConfigRecord> batch = new ArrayList<>();
        for (int i = offset; i < offset + 100; i++) {
          batch.add(new ConfigRecord(key(i), OptionalLong.of(i + 1), Optional.of(value)));
        }
        store.apply(batch, Map.of(0, offset + 100L));
      }
      int position = 0;
      for (int copies = 0; position == 0; copies++) {
        assertThat(copies).as("a full write buffer reaches the disk").isLessThan(MAX_COPIES);
        Path copy = Files.createDirectory(crashed.resolve("copy-" + copies));
        copy(directory, copy);
        position = requireConsistent(copy, records);
      }
    }
  }

  /** Answers how far the store had come. */
  private static int requireConsistent(Path copy, int records) {
    try (ConfigStore store = ConfigStore.open(copy)) {
      int position = store.positions().getOrDefault(0, 0L).intValue();
      assertThat(position).isLessThan(records);
      for (int i = 0; i < records; i++) {
        assertThat(store.find(key(i)).isPresent()).as("record %d", i).isEqualTo(i < position);
      }
      assertThat(store.revision(EDGE, GROUP)).isEqualTo(position);
      return position;
    }
  }

  @Test
  void isForItsOwnerOnlyAndForOneProcessAtATime() throws IOException {
    Path made = directory.resolve("made");
    try (ConfigStore _ = ConfigStore.open(made)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
      assertThatThrownBy(() -> ConfigStore.open(made)).isInstanceOf(StoreFailure.class);
    }
  }

  @Test
  void refusesReadsAfterItWasClosed() {
    ConfigStore store = ConfigStore.open(directory);
    store.close();
    store.close();

    assertThatThrownBy(() -> store.memberships(EDGE)).isInstanceOf(IllegalStateException.class);
  }

  private static EdgeConfigKey key(int number) {
    return EdgeConfigKey.ofLink(EDGE, GROUP, LinkId.parse("a~n" + number));
  }

  private static ConfigRecord put(EdgeConfigKey key, long revision, String value) {
    return new ConfigRecord(key, OptionalLong.of(revision), Optional.of(value.getBytes(UTF_8)));
  }

  private static ConfigRecord remove(EdgeConfigKey key, long revision) {
    return new ConfigRecord(key, OptionalLong.of(revision), Optional.empty());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      // The list of files first: it names files that are complete.
      for (Path file : files.sorted(byManifestFirst()).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Comparator<Path> byManifestFirst() {
    return Comparator.comparing(
            (Path file) -> !file.getFileName().toString().startsWith("MANIFEST"))
        .thenComparing(Comparator.naturalOrder());
  }
}
