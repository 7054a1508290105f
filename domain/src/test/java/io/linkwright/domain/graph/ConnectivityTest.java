package io.linkwright.domain.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.graph.Connectivity.Reach;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectivityTest {

  private static EdgeId member(int number) {
    return new EdgeId("m" + number);
  }

  private static LinkId link(int a, int b) {
    return LinkId.between(member(a), member(b));
  }

  private static MapGraph members(int count) {
    MapGraph graph = new MapGraph();
    for (int i = 0; i < count; i++) {
      graph.add(member(i));
    }
    return graph;
  }

  /** A chain of {@code count} members from {@code first} on. */
  private static void chain(MapGraph graph, int first, int count) {
    for (int i = first; i < first + count - 1; i++) {
      graph.add(link(i, i + 1));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {41, 42, 43, 44, 45, 46})
  void agreesWithUnionFind(long seed) {
    Random random = new Random(seed);
    int count = 12;
    MapGraph graph = members(count);
    List<LinkId> links = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      int a = random.nextInt(count);
      int b = (a + 1 + random.nextInt(count - 1)) % count;
      LinkId link = link(a, b);
      if (links.remove(link)) {
        graph.remove(link);
      } else if (links.size() < count) {
        links.add(link);
        graph.add(link);
      }
      UnionFind expected = new UnionFind(graph.members(), graph);

      Reach reach = Connectivity.between(graph, member(a), member(b));

      switch (reach) {
        case Reach.Connected() ->
            assertThat(expected.joined(member(a), member(b)))
                .as("seed %d, step %d", seed, step)
                .isTrue();
        case Reach.Separated(Set<EdgeId> side) ->
            assertThat(side)
                .as("seed %d, step %d", seed, step)
                .isIn(expected.componentOf(member(a)), expected.componentOf(member(b)));
      }
      assertThat(Connectivity.component(graph, member(a)))
          .isEqualTo(expected.componentOf(member(a)));
      assertThat(graph.openStreams()).isZero();
    }
  }

  @Test
  void aMemberReachesItself() {
    assertThat(Connectivity.between(members(1), member(0), member(0)))
        .isEqualTo(new Reach.Connected());
  }

  @Test
  void aSeparationCostsNoMoreThanTheSmallerSide() {
    int large = 2_000;
    MapGraph graph = members(large + 5);
    chain(graph, 0, large);
    chain(graph, large, 5);

    Reach reach = Connectivity.between(graph, member(0), member(large));

    assertThat(reach)
        .isEqualTo(
            new Reach.Separated(
                Set.of(
                    member(large),
                    member(large + 1),
                    member(large + 2),
                    member(large + 3),
                    member(large + 4))));
    assertThat(graph.linksRead()).isLessThan(2 * (2 * 4) + 4);
  }

  @Test
  void aMemberWithManyLinksIsNotReadToTheEnd() {
    int leaves = 2_000;
    MapGraph graph = members(leaves + 3);
    for (int leaf = 1; leaf <= leaves; leaf++) {
      graph.add(link(0, leaf));
    }
    graph.add(link(leaves + 1, leaves + 2));

    assertThat(Connectivity.between(graph, member(0), member(leaves + 1)))
        .isEqualTo(new Reach.Separated(Set.of(member(leaves + 1), member(leaves + 2))));
    assertThat(graph.linksRead()).isLessThan(10);
    assertThat(Connectivity.between(graph, member(0), member(leaves)))
        .isEqualTo(new Reach.Connected());
    assertThat(graph.linksRead()).isLessThan(20);
  }

  @Test
  void isolationIsOneSeek() {
    MapGraph graph = members(500);
    for (int i = 1; i < 400; i++) {
      graph.add(link(0, i));
    }

    assertThat(graph.isIsolated(member(0))).isFalse();
    assertThat(graph.isIsolated(member(450))).isTrue();
    assertThat(graph.linksRead()).isEqualTo(1);
    assertThat(graph.openStreams()).isZero();
  }
}
