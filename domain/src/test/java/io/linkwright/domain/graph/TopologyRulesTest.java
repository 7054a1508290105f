package io.linkwright.domain.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.Decider;
import io.linkwright.domain.group.Decision;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RandomCommands;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Samples;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyRulesTest {
  private final MapGraph graph = new MapGraph();
  private long revision;

  @BeforeEach
  void sixMembers() {
    for (String member : List.of("a", "b", "c", "d", "e", "f")) {
      graph.add(Samples.edge(member));
    }
    revision = 7;
  }

  private List<TopologyEvent> add(String link) {
    graph.add(Samples.link(link));
    return written(TopologyRules.linkAdded(graph, Samples.link(link), revision++));
  }

  private List<TopologyEvent> remove(String link) {
    graph.remove(Samples.link(link));
    return written(TopologyRules.linkRemoved(graph, Samples.link(link), revision++));
  }

  private List<TopologyEvent> written(TopologyChange change) {
    graph.write(change);
    return change.events();
  }

  private static TopologyEvent isolated(String member) {
    return new MemberIsolated(Samples.edge(member));
  }

  private static TopologyEvent connected(String member) {
    return new MemberConnected(Samples.edge(member));
  }

  @Test
  void aNewMemberOfAPartialMeshIsIsolated() {
    assertThat(TopologyRules.memberAdded(graph, Samples.edge("f")).events())
        .containsExactly(isolated("f"));
    graph.topology(Topology.MESH);
    assertThat(TopologyRules.memberAdded(graph, Samples.edge("f")).events()).isEmpty();
  }

  @Test
  void theFirstLinkConnectsAMemberAndTheLastIsolatesIt() {
    assertThat(add("a~b")).containsExactly(connected("a"), connected("b"));
    assertThat(add("b~c")).containsExactly(connected("c"));
    assertThat(remove("a~b")).containsExactly(isolated("a"));
    assertThat(remove("b~c")).containsExactly(isolated("b"), isolated("c"));
    assertThat(graph.sizes()).isEmpty();
  }

  @Test
  void partsOfLinkedMembersAreSplitAndJoined() {
    add("a~b");
    add("c~d");
    assertThat(add("b~c")).containsExactly(new GroupJoined(Samples.link("b~c"), 1));
    assertThat(add("e~f")).hasSize(2);
    assertThat(remove("b~c")).containsExactly(new GroupSplit(Samples.link("b~c"), 3));
    assertThat(graph.sizes().values()).containsExactlyInAnyOrder(2L, 2L, 2L);
  }

  @Test
  void aLinkInsideAPartChangesNothing() {
    add("a~b");
    add("b~c");

    assertThat(add("c~d")).containsExactly(connected("d"));
    assertThat(add("a~d")).isEmpty();
    assertThat(remove("b~c")).isEmpty();
  }

  @Test
  void splitsAndJoinsAreToldOfEveryTopology() {
    graph.topology(Topology.HUB_SPOKE);
    add("a~b");
    add("c~d");

    assertThat(add("b~c")).containsExactly(new GroupJoined(Samples.link("b~c"), 1));
    assertThat(remove("b~c")).containsExactly(new GroupSplit(Samples.link("b~c"), 2));
    assertThat(remove("a~b")).isEmpty();
  }

  @Test
  void aMeshIsCompleteWithItsLastLinkOrWithoutItsOddMember() {
    for (String member : List.of("d", "e", "f")) {
      graph.remove(Samples.edge(member));
    }
    add("a~b");
    add("b~c");
    assertThat(add("a~c")).containsExactly(new MeshComplete(3, 3));

    graph.add(Samples.edge("d"));
    assertThat(TopologyRules.memberAdded(graph, Samples.edge("d")).events())
        .containsExactly(isolated("d"));
    graph.remove(Samples.edge("d"));
    assertThat(TopologyRules.memberRemoved(graph).events()).containsExactly(new MeshComplete(3, 3));
  }

  @Test
  void twoLinkedMembersAreNoMesh() {
    for (String member : List.of("c", "d", "e", "f")) {
      graph.remove(Samples.edge(member));
    }

    assertThat(add("a~b")).containsExactly(connected("a"), connected("b"));
  }

  @Test
  void becomingAPartialMeshTellsOfMembersWithoutLinks() {
    graph.topology(Topology.HUB_SPOKE);
    for (String link : List.of("a~b", "a~c", "a~d")) {
      add(link);
    }
    graph.topology(Topology.PARTIAL_MESH);

    assertThat(TopologyRules.groupChanged(graph, Topology.HUB_SPOKE).events())
        .containsExactly(isolated("e"), isolated("f"));
    assertThat(TopologyRules.groupChanged(graph, Topology.PARTIAL_MESH).events()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MESH", "HUB_SPOKE"})
  void whoeverIsIsolatedIsToldConnectedWhenTheGroupLinksItself(Topology automatic) {
    for (String link : List.of("a~b", "a~c", "a~d")) {
      add(link);
    }
    graph.topology(automatic);

    assertThat(TopologyRules.groupChanged(graph, Topology.PARTIAL_MESH).events())
        .containsExactly(connected("e"), connected("f"));
    assertThat(TopologyRules.groupChanged(graph, automatic).events()).isEmpty();
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 15);
  }

  /** Follows a random group and compares what is told with what a look at all links shows. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsToldIsWhatTheWholeGraphShows(long seed) {
    RandomCommands commands = new RandomCommands(seed);
    Watcher watcher = new Watcher();
    GroupState state = GroupState.absent(Samples.GROUP);
    for (int step = 0; step < 300; step++) {
      CommandEnvelope envelope = Samples.envelope(commands.next(), step);
      try {
        if (Decider.decide(state, envelope) instanceof Decision.Accepted(var steps)) {
          for (Decision.Step next : steps) {
            state = next.after();
            watcher.apply(next.event());
          }
        }
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "seed %d, step %d: %s".formatted(seed, step, envelope.command()), failure);
      }
    }
  }

  /** Keeps a graph by the rules and checks it after every event. Owned by the test's thread. */
  private static final class Watcher {
    private final MapGraph graph = new MapGraph();
    private final Set<EdgeId> toldIsolated = new HashSet<>();
    private Set<Set<EdgeId>> parts = Set.of();
    private boolean complete;

    void apply(RecordedEvent event) {
      List<TopologyEvent> told = told(event);
      Set<Set<EdgeId>> partsNow = new UnionFind(graph.members(), graph).parts();
      checkComponents(partsNow);
      checkIsolation(told);
      checkParts(event.payload(), told, partsNow);
      checkCompleteness(told);
      parts = partsNow;
    }

    private List<TopologyEvent> told(RecordedEvent event) {
      return switch (event.payload()) {
        case GroupEvent.GroupCreated(var settings) -> {
          graph.topology(settings.topology());
          yield List.of();
        }
        case GroupEvent.GroupChanged(var settings) -> {
          Topology before = graph.topology();
          graph.topology(settings.topology());
          yield write(TopologyRules.groupChanged(graph, before));
        }
        case GroupEvent.MemberAdded(var member) -> {
          graph.add(member.edge());
          yield write(TopologyRules.memberAdded(graph, member.edge()));
        }
        case GroupEvent.MemberRemoved(var edge) -> {
          graph.remove(edge);
          toldIsolated.remove(edge);
          yield write(TopologyRules.memberRemoved(graph));
        }
        case GroupEvent.LinkAdded(var link) -> {
          graph.add(link.id());
          yield write(TopologyRules.linkAdded(graph, link.id(), event.revision()));
        }
        case GroupEvent.LinkRemoved(var link) -> {
          graph.remove(link);
          yield write(TopologyRules.linkRemoved(graph, link, event.revision()));
        }
        case GroupEvent.GroupDeleted _,
            GroupEvent.GroupRecovered _,
            GroupEvent.MemberChanged _,
            GroupEvent.MemberRevoked _,
            GroupEvent.LinkChanged _,
            GroupEvent.LinkSuspended _ ->
            List.of();
      };
    }

    private List<TopologyEvent> write(TopologyChange change) {
      graph.write(change);
      return change.events();
    }

    private void checkComponents(Set<Set<EdgeId>> expected) {
      Map<Long, Set<EdgeId>> byName = new HashMap<>();
      for (EdgeId member : graph.members()) {
        graph
            .componentOf(member)
            .ifPresent(name -> byName.computeIfAbsent(name, _ -> new HashSet<>()).add(member));
      }
      assertThat(new HashSet<>(byName.values())).isEqualTo(expected);
      assertThat(graph.componentCount()).isEqualTo(expected.size());
      assertThat(graph.sizes()).hasSameSizeAs(byName);
      byName.forEach((name, part) -> assertThat(graph.componentSize(name)).isEqualTo(part.size()));
      assertThat(graph.openStreams()).isZero();
    }

    private void checkIsolation(List<TopologyEvent> told) {
      for (TopologyEvent event : told) {
        switch (event) {
          case MemberIsolated(EdgeId edge) -> assertThat(toldIsolated.add(edge)).isTrue();
          case MemberConnected(EdgeId edge) -> assertThat(toldIsolated.remove(edge)).isTrue();
          case GroupSplit _, GroupJoined _, MeshComplete _ -> {}
        }
      }
      if (graph.topology() == Topology.PARTIAL_MESH) {
        assertThat(toldIsolated)
            .containsExactlyInAnyOrderElementsOf(graph.isolatedMembers().toList());
      } else {
        assertThat(toldIsolated).isEmpty();
      }
    }

    private void checkParts(GroupEvent cause, List<TopologyEvent> told, Set<Set<EdgeId>> now) {
      List<TopologyEvent> expected =
          switch (cause) {
            case GroupEvent.LinkAdded(var link) when now.size() < parts.size() ->
                List.of(new GroupJoined(link.id(), now.size()));
            case GroupEvent.LinkRemoved(var link) when now.size() > parts.size() ->
                List.of(new GroupSplit(link, now.size()));
            default -> List.of();
          };
      assertThat(told)
          .filteredOn(event -> event instanceof GroupJoined || event instanceof GroupSplit)
          .isEqualTo(expected);
    }

    private void checkCompleteness(List<TopologyEvent> told) {
      long members = graph.memberCount();
      boolean completeNow =
          graph.topology() == Topology.PARTIAL_MESH
              && members >= 3
              && graph.members().stream().allMatch(member -> linksOf(member) == members - 1);
      List<TopologyEvent> expected =
          completeNow && !complete
              ? List.of(new MeshComplete(members, graph.linkCount()))
              : List.of();
      assertThat(told).filteredOn(MeshComplete.class::isInstance).isEqualTo(expected);
      complete = completeNow;
    }

    private long linksOf(EdgeId member) {
      try (Stream<EdgeId> neighbours = graph.neighbours(member)) {
        return neighbours.count();
      }
    }
  }
}
