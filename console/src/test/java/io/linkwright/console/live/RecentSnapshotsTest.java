package io.linkwright.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecentSnapshotsTest {
  private final RecentSnapshots recent = new RecentSnapshots();

  @Test
  void theOldestIsForgottenFirst() {
    List<Snapshot> all =
        IntStream.rangeClosed(0, RecentSnapshots.MAX_SNAPSHOTS)
            .mapToObj(number -> snapshot("text " + number))
            .toList();

    all.forEach(recent::remember);

    assertThat(recent.find(all.getFirst().digest())).isEmpty();
    assertThat(recent.find(all.get(1).digest())).contains(all.get(1));
    assertThat(recent.find(all.getLast().digest())).contains(all.getLast());
  }

  @Test
  void whatIsShownAgainIsNewAgain() {
    Snapshot first = snapshot("first");
    recent.remember(first);
    IntStream.range(1, RecentSnapshots.MAX_SNAPSHOTS)
        .forEach(number -> recent.remember(snapshot("text " + number)));

    recent.remember(first);
    recent.remember(snapshot("one more"));

    assertThat(recent.find(first.digest())).contains(first);
  }

  @Test
  void largeOnesLeaveNoRoomForMany() {
    String half = "x".repeat((int) (RecentSnapshots.MAX_CHARACTERS / 2));
    Snapshot first = snapshot(half + "1");
    Snapshot second = snapshot(half + "2");

    recent.remember(first);
    recent.remember(second);

    // The texts themselves would fill a report.
    assertThat(recent.find(first.digest()).isPresent()).isFalse();
    assertThat(recent.find(second.digest()).isPresent()).isTrue();
  }

  private static Snapshot snapshot(String text) {
    return Snapshot.of(
        List.of(new Region.Single(new Fragment("a", "<p id=\"a\">%s</p>".formatted(text)))));
  }
}
