package io.linkwright.domain.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedMapTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesAsATreeMap(long seed) {
    Random random = new Random(seed);
    TreeMap<Integer, Integer> expected = new TreeMap<>();
    OrderedMap<Integer, Integer> map = OrderedMap.empty();
    for (int step = 0; step < 3_000; step++) {
      int key = random.nextInt(400);
      boolean growing = step % 1_000 < 600;
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        expected.put(key, step);
        map = map.put(key, step);
      } else {
        expected.remove(key);
        map = map.remove(key);
      }
      int probe = random.nextInt(400);
      assertThat(map.size()).as("seed %d, step %d", seed, step).isEqualTo(expected.size());
      assertThat(map.get(probe)).isEqualTo(Optional.ofNullable(expected.get(probe)));
      assertThat(map.contains(probe)).isEqualTo(expected.containsKey(probe));
      assertThat(map.floor(probe)).isEqualTo(copy(expected.floorEntry(probe)));
      assertThat(map.ceiling(probe)).isEqualTo(copy(expected.ceilingEntry(probe)));
      assertThat(map.prefixLength((_, k) -> k < probe)).isEqualTo(expected.headMap(probe).size());
      if (step % 100 == 0) {
        assertThat(map).containsExactlyElementsOf(expected.entrySet());
        assertThat(map.keys()).containsExactlyElementsOf(expected.keySet());
        assertThat(map.values()).containsExactlyElementsOf(expected.values());
      }
    }
  }

  @Test
  void anOldMapStaysAsItWas() {
    Random random = new Random(17);
    List<OrderedMap<Integer, Integer>> versions = new ArrayList<>();
    List<Map<Integer, Integer>> copies = new ArrayList<>();
    OrderedMap<Integer, Integer> map = OrderedMap.empty();
    for (int step = 0; step < 300; step++) {
      int key = random.nextInt(60);
      map = random.nextBoolean() ? map.put(key, step) : map.remove(key);
      versions.add(map);
      Map<Integer, Integer> copy = new TreeMap<>();
      map.forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
      copies.add(copy);
    }

    for (int i = 0; i < versions.size(); i++) {
      assertThat(versions.get(i)).containsExactlyElementsOf(copies.get(i).entrySet());
    }
  }

  @Test
  void equalityIsThatOfTheEntriesHoweverTheyCame() {
    OrderedMap<Integer, String> ascending = OrderedMap.empty();
    OrderedMap<Integer, String> descending = OrderedMap.empty();
    for (int i = 0; i < 50; i++) {
      ascending = ascending.put(i, "v" + i);
      descending = descending.put(49 - i, "v" + (49 - i));
    }

    assertThat(ascending).isEqualTo(descending).hasSameHashCodeAs(descending);
    assertThat(ascending.put(7, "other")).isNotEqualTo(descending);
    assertThat(ascending.remove(7)).isNotEqualTo(descending);
    assertThat(ascending.remove(99)).isSameAs(ascending);
    assertThat(ascending.remove(7).put(7, "v7")).isEqualTo(descending);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12})
  void pathsStayShortWhateverTheOrderOfChanges(long seed) {
    Random random = new Random(seed);
    int size = 20_000;
    BalancedNode<Integer, Integer> ascending = null;
    for (int i = 0; i < size; i++) {
      ascending = BalancedNode.put(ascending, i, i);
    }
    BalancedNode<Integer, Integer> thinned = ascending;
    int left = size;
    for (int i = 0; i < size; i++) {
      if (random.nextInt(10) != 0) {
        thinned = BalancedNode.remove(thinned, i);
        left--;
      }
    }

    // Balance 3 bounds the depth by log(n + 1) / log(4 / 3).
    assertThat(depth(ascending)).as("seed %d", seed).isLessThan(maxDepth(size));
    assertThat(depth(thinned)).as("seed %d", seed).isLessThan(maxDepth(left));
  }

  @Test
  void aChangeSharesAllButOnePath() {
    BalancedNode<Integer, Integer> before = null;
    for (int i = 0; i < 10_000; i++) {
      before = BalancedNode.put(before, 2 * i, i);
    }
    BalancedNode<Integer, Integer> after = BalancedNode.put(before, 7_001, 0);

    assertThat(newNodes(before, after)).isLessThan(2 * maxDepth(10_000));
  }

  private static int maxDepth(int size) {
    return (int) Math.ceil(Math.log(size + 1.0) / Math.log(4.0 / 3.0)) + 1;
  }

  private static int depth(BalancedNode<?, ?> node) {
    return node == null ? 0 : 1 + Math.max(depth(node.left), depth(node.right));
  }

  private static int newNodes(BalancedNode<?, ?> before, BalancedNode<?, ?> after) {
    Set<BalancedNode<?, ?>> old = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(before, old);
    int shared = old.size();
    collect(after, old);
    return old.size() - shared;
  }

  private static void collect(BalancedNode<?, ?> node, Set<BalancedNode<?, ?>> into) {
    if (node != null && into.add(node)) {
      collect(node.left, into);
      collect(node.right, into);
    }
  }

  private static <K, V> Optional<Map.Entry<K, V>> copy(Map.Entry<K, V> entry) {
    return Optional.ofNullable(entry).map(Map.Entry::copyOf);
  }
}
