package io.linkwright.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.view.CountingStore.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a link event reads and writes is the same in a small group and in a large one. */
final class EventCostTest {
  private static final int SMALL = 100;
  private static final int LARGE = 10_000;

  /** A ring of members and two members by themselves. */
  private static final class Ring {
    private final GroupHistory history = new GroupHistory("ring");
    private final CountingStore store = new CountingStore();
    private final GroupProjection projection = new GroupProjection(store);
    private int applied;

    Ring(int members) {
      history.create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD);
      for (int index = 0; index < members; index++) {
        history.awaiting("edge-" + index);
      }
      for (int index = 0; index < members; index++) {
        history.link("edge-" + index, "edge-" + (index + 1) % members);
      }
      history.enroll("edge-10").enroll("edge-30").enroll("edge-60").members("lone-a", "lone-b");
      costs();
    }

    /** Of each event since this was last called. */
    List<Cost> costs() {
      List<Cost> costs = new ArrayList<>();
      while (applied < history.events().size()) {
        RecordedEvent event = history.events().get(applied++);
        store.takeCost();
        assertThat(
                projection.prepare(event, Optional.of(new byte[32]), new Damage.Place(0, applied)))
            .isInstanceOf(GroupProjection.Outcome.Applied.class);
        projection.write();
        costs.add(store.takeCost());
      }
      return costs;
    }
  }

  @Test
  void aLinkEventCostsTheSameInAGroupOfAnySize() {
    Ring small = new Ring(SMALL);
    Ring large = new Ring(LARGE);
    for (Ring ring : List.of(small, large)) {
      ring.history
          .link("edge-10", "edge-60") // within a component
          .rekey("edge-10", "edge-60")
          .unlink("edge-10", "edge-60")
          .link("lone-a", "lone-b") // between isolated members
          .unlink("lone-a", "lone-b")
          .link("lone-a", "edge-30") // to an isolated member
          .unlink("lone-a", "edge-30");
    }
    List<Cost> costs = large.costs();
    assertThat(costs).isEqualTo(small.costs());
    assertThat(costs)
        .allSatisfy(
            cost -> {
              assertThat(cost.gets()).isLessThanOrEqualTo(8);
              assertThat(cost.puts()).isLessThanOrEqualTo(10);
              assertThat(cost.seeks()).isLessThanOrEqualTo(4);
              assertThat(cost.steps()).isLessThanOrEqualTo(2);
            });
  }
}
