package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.group.Evolver;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupEvent.LinkAdded;
import io.linkwright.domain.group.GroupEvent.LinkRemoved;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.MemberRecord;
import io.linkwright.topology.view.NodeRecord;
import io.linkwright.topology.view.Page;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a group, the view is what a naive look at its whole state gives. */
final class RandomViewTest {
  private static final int SEEDS = 8;
  private static final int COMMANDS = 160;

  @TempDir private Path stateDir;

  @Test
  void theViewAndItsEventsEqualANaiveRecomputation() {
    try (ViewFixture fixture = new ViewFixture(stateDir)) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        new Run(fixture, seed).go();
      }
    }
  }

  /** One group's life. */
  private static final class Run {
    private final ViewFixture fixture;
    private final String seed;
    private final GroupHistory history;
    private final RandomHistory commands;
    private final Map<EdgeId, Long> desired = new HashMap<>();
    private final Map<LinkId, Long> addedAt = new HashMap<>();
    private GroupState state;
    private int applied;
    private long redundant;

    Run(ViewFixture fixture, long seed) {
      this.fixture = fixture;
      this.seed = "seed " + seed;
      this.history = new GroupHistory("group-" + seed);
      this.commands = new RandomHistory(history.id(), seed);
      this.state = GroupState.absent(history.id());
    }

    void go() {
      for (int count = 0; count < COMMANDS; count++) {
        history.decide(commands.next(history.state()));
        while (applied < history.events().size()) {
          apply(history.events().get(applied++));
        }
        compareView();
      }
      assertThat(applied).as(seed).isGreaterThan(COMMANDS / 3);
      assertThat(redundant).as(seed).isPositive();
    }

    private void apply(RecordedEvent event) {
      NaiveGraph before = NaiveGraph.of(state);
      state = Evolver.evolve(state, event);
      ConfigurationChange.of(event.payload())
          .ifPresent(change -> change.edges().forEach(edge -> desired.put(edge, event.revision())));
      switch (event.payload()) {
        case LinkAdded(LinkConfiguration link) -> addedAt.put(link.id(), event.revision());
        case GroupEvent.MemberRemoved(EdgeId edge) -> desired.remove(edge);
        case GroupEvent _ -> {}
      }
      fixture.apply(event);
      assertThat(fixture.publishedPayloads())
          .as("%s, %s", seed, event)
          .containsExactlyInAnyOrderElementsOf(
              before.meaningOf(NaiveGraph.of(state), linkOf(event)));
    }

    private static Optional<LinkId> linkOf(RecordedEvent event) {
      return switch (event.payload()) {
        case LinkAdded(LinkConfiguration link) -> Optional.of(link.id());
        case LinkRemoved(LinkId link) -> Optional.of(link);
        case GroupEvent _ -> Optional.empty();
      };
    }

    private void compareView() {
      GroupView view = fixture.view();
      NaiveGraph naive = NaiveGraph.of(state);
      GroupRecord group = view.group(history.id());
      assertThat(group.revision()).as(seed).isEqualTo(state.revision());
      assertThat(group.settings())
          .as(seed)
          .isEqualTo(
              state instanceof GroupState.Active active
                  ? Optional.of(active.settings())
                  : Optional.empty());
      assertThat(group.members()).as(seed).isEqualTo(naive.members().size());
      assertThat(group.links()).as(seed).isEqualTo(naive.links().size());
      assertThat(group.components()).as(seed).isEqualTo(naive.components().size());
      assertThat(view.unlinked(history.id())).as(seed).isEqualTo(naive.unlinked());
      assertThat(components(view)).as(seed).isEqualTo(naive.components());
      assertThat(view.members(history.id(), Page.everything()).stream().map(Map.Entry::getKey))
          .as(seed)
          .containsExactlyElementsOf(naive.members());
      naive.members().forEach(edge -> compareMember(view, naive, edge));
      compareLinks(view);
      compareNeededLinks(view, naive);
    }

    private void compareMember(GroupView view, NaiveGraph naive, EdgeId edge) {
      GroupState.Active active = (GroupState.Active) state;
      assertThat(view.member(history.id(), edge))
          .as(seed)
          .isEqualTo(active.member(edge).map(MemberRecord::of));
      NodeRecord node = view.node(history.id(), edge);
      assertThat(node.links()).as(seed).isEqualTo(naive.peersOf(edge).size());
      assertThat(node.desiredRevision()).as(seed).isEqualTo(desired.getOrDefault(edge, 0L));
      assertThat(view.neighbours(history.id(), edge, Page.everything()))
          .as(seed)
          .isEqualTo(naive.peersOf(edge));
      assertThat(view.isLinked(history.id(), edge))
          .as(seed)
          .isEqualTo(!naive.peersOf(edge).isEmpty());
    }

    private void compareLinks(GroupView view) {
      Map<LinkId, LinkConfiguration> expected =
          state instanceof GroupState.Active active
              ? active.links().collect(Collectors.toMap(LinkConfiguration::id, link -> link))
              : Map.of();
      var links = view.links(history.id(), Page.everything());
      assertThat(links.stream().map(Map.Entry::getKey))
          .as(seed)
          .containsExactlyElementsOf(expected.keySet().stream().sorted().toList());
      links.forEach(
          link -> {
            LinkConfiguration configured = expected.get(link.getKey());
            assertThat(link.getValue().protocol()).isEqualTo(configured.protocol());
            assertThat(link.getValue().keyVersion()).isEqualTo(configured.keyVersion());
            assertThat(link.getValue().addedRevision()).isEqualTo(addedAt.get(link.getKey()));
            assertThat(link.getValue().tunnelIndexes())
                .isEqualTo(configured.tunnels().stream().map(Tunnel::index).toList());
          });
    }

    /** Without the redundant links, what holds together is the same. */
    private void compareNeededLinks(GroupView view, NaiveGraph naive) {
      Set<LinkId> needed =
          view.links(history.id(), Page.everything()).stream()
              .filter(link -> !link.getValue().redundant())
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      redundant += naive.links().size() - needed.size();
      assertThat(new NaiveGraph(false, naive.members(), needed).components())
          .as(seed)
          .isEqualTo(naive.components());
    }

    private Set<Set<EdgeId>> components(GroupView view) {
      Map<Long, Set<EdgeId>> byLabel = new HashMap<>();
      view.nodes(history.id())
          .forEach(
              node ->
                  node.getValue()
                      .component()
                      .ifPresent(
                          label ->
                              byLabel
                                  .computeIfAbsent(label, _ -> new HashSet<>())
                                  .add(node.getKey())));
      byLabel.forEach(
          (label, members) ->
              assertThat(view.componentSize(history.id(), label))
                  .as(seed)
                  .isEqualTo(members.size()));
      return Set.copyOf(byLabel.values());
    }
  }
}
