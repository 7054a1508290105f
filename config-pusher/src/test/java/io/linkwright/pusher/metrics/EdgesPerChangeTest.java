package io.linkwright.pusher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.pusher.store.ConfigRecord;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EdgesPerChangeTest {
  private static final GroupId GROUP = new GroupId("abilene");
  private static final LinkId LINK = LinkId.parse("denver~seattle");
  private static final long START = Duration.ofSeconds(10).toNanos();
  private static final long LATER = Duration.ofSeconds(20).toNanos();
  private static final long MUCH_LATER = Duration.ofSeconds(30).toNanos();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EdgesPerChange counted = new EdgesPerChange(registry);

  @Test
  void countsTheEdgesOfEachChangeOnce() {
    counted.read(List.of(), true, START);
    counted.read(List.of(record("denver", 7)), true, LATER);
    counted.read(List.of(record("seattle", 7), record("denver", 8)), true, LATER);
    counted.read(List.of(record("seattle", 8), record("seattle", 8)), true, LATER);
    counted.tick(LATER);
    assertThat(summary().count()).isZero();

    counted.tick(MUCH_LATER);

    assertThat(summary().count()).isEqualTo(2);
    assertThat(summary().totalAmount()).isEqualTo(4);
    assertThat(summary().max()).isEqualTo(2);
  }

  @Test
  void showsWhenAChangeIsToldToMoreOrFewerThanTwo() {
    counted.read(List.of(), true, START);
    counted.read(
        List.of(record("denver", 7), record("seattle", 7), record("houston", 7)), true, LATER);
    counted.read(List.of(record("denver", 8)), true, LATER);

    counted.tick(MUCH_LATER);

    assertThat(summary().count()).isEqualTo(2);
    assertThat(summary().totalAmount()).isEqualTo(4);
    assertThat(summary().max()).isEqualTo(3);
  }

  @Test
  void leavesOutWhatWasReadToRestoreTheStoreAndWhatIsSplitByThat() {
    counted.read(List.of(record("denver", 6), record("seattle", 6)), false, START);
    counted.read(List.of(record("denver", 7)), false, START);
    counted.read(List.of(record("seattle", 7)), true, START);

    counted.tick(MUCH_LATER);

    assertThat(summary().count()).isZero();
  }

  @Test
  void leavesOutMemberships() {
    counted.read(List.of(), true, START);
    EdgeConfigKey key = EdgeConfigKey.ofMembership(new EdgeId("denver"), GROUP);
    counted.read(List.of(new ConfigRecord(key, OptionalLong.of(1), Optional.empty())), true, LATER);

    counted.tick(MUCH_LATER);

    assertThat(summary().count()).isZero();
  }

  private static ConfigRecord record(String edge, long revision) {
    return new ConfigRecord(
        EdgeConfigKey.ofLink(new EdgeId(edge), GROUP, LINK),
        OptionalLong.of(revision),
        Optional.empty());
  }

  private DistributionSummary summary() {
    return registry.get("linkwright.pusher.edges.notified").summary();
  }
}
