package io.linkwright.domain.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashedMapTest {
  private static final int STEPS = 4_000;
  private static final int SEEDS = 6;

  /** How far keys' hashes tell them apart. */
  enum Hashing {
    ALL_DIFFER,
    GROUPS_ALIKE,
    ALL_ALIKE;

    private Key key(int number) {
      return new Key(
          number,
          switch (this) {
            case ALL_DIFFER -> number;
            case GROUPS_ALIKE -> number % 7;
            case ALL_ALIKE -> 4_711;
          });
    }
  }

  /** Equal by its number, whatever the hash. */
  private record Key(int number, int hash) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && number == that.number;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  @ParameterizedTest
  @EnumSource
  void behavesAsAHashMap(Hashing hashing) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      Map<Key, Integer> expected = new HashMap<>();
      HashedMap<Key, Integer> map = HashedMap.empty();
      for (int step = 0; step < STEPS; step++) {
        Key key = hashing.key(random.nextInt(300));
        boolean growing = step % 1_000 < 600;
        if (random.nextInt(10) < (growing ? 7 : 3)) {
          expected.put(key, step);
          map = map.put(key, step);
        } else {
          expected.remove(key);
          map = map.remove(key);
        }
        Key probe = hashing.key(random.nextInt(300));
        assertThat(map.size()).as("seed %d, step %d", seed, step).isEqualTo(expected.size());
        assertThat(map.isEmpty()).isEqualTo(expected.isEmpty());
        assertThat(map.get(probe)).isEqualTo(Optional.ofNullable(expected.get(probe)));
        assertThat(map.contains(probe)).isEqualTo(expected.containsKey(probe));
        if (step % 200 == 0) {
          checkContents(map, expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOldMapStaysAsItWas(Hashing hashing) {
    Random random = new Random(17);
    List<HashedMap<Key, Integer>> versions = new ArrayList<>();
    List<Map<Key, Integer>> copies = new ArrayList<>();
    HashedMap<Key, Integer> map = HashedMap.empty();
    Map<Key, Integer> expected = new HashMap<>();
    for (int step = 0; step < 400; step++) {
      Key key = hashing.key(random.nextInt(80));
      if (random.nextInt(3) > 0) {
        map = map.put(key, step);
        expected.put(key, step);
      } else {
        map = map.remove(key);
        expected.remove(key);
      }
      versions.add(map);
      copies.add(new HashMap<>(expected));
    }

    for (int i = 0; i < versions.size(); i++) {
      checkContents(versions.get(i), copies.get(i));
    }
  }

  /** Removal leaves nothing behind: the same entries make the same nodes. */
  @ParameterizedTest
  @EnumSource
  void theNodesFollowFromTheEntriesHoweverTheyCame(Hashing hashing) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        numbers.add(i);
      }
      Collections.shuffle(numbers, new Random(seed));
      TrieNode<Key, Integer> grown = TrieNode.empty(0);
      TrieNode<Key, Integer> thinned = TrieNode.empty(0);
      for (int number : numbers) {
        thinned = put(thinned, hashing.key(number));
        grown = number < 40 ? put(grown, hashing.key(number)) : grown;
      }
      for (int number : numbers) {
        thinned = number < 40 ? thinned : removed(thinned, hashing.key(number));
      }

      assertThat(nodes(thinned)).as("seed %d", seed).hasSameSizeAs(nodes(grown));
      for (int number = 0; number < 40; number++) {
        thinned = removed(thinned, hashing.key(number));
      }
      assertThat(nodes(thinned)).hasSize(1);
      assertThat(thinned.size()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalityIsThatOfTheEntries(Hashing hashing) {
    HashedMap<Key, String> ascending = HashedMap.empty();
    HashedMap<Key, String> descending = HashedMap.empty();
    for (int i = 0; i < 50; i++) {
      ascending = ascending.put(hashing.key(i), "v" + i);
      descending = descending.put(hashing.key(49 - i), "v" + (49 - i));
    }

    assertThat(ascending).isEqualTo(descending).hasSameHashCodeAs(descending);
    assertThat(ascending.put(hashing.key(7), "other")).isNotEqualTo(descending);
    assertThat(ascending.remove(hashing.key(7))).isNotEqualTo(descending);
    assertThat(ascending.remove(hashing.key(99))).isSameAs(ascending);
    assertThat(ascending.remove(hashing.key(7)).put(hashing.key(7), "v7")).isEqualTo(descending);
    assertThat(ascending.remove(hashing.key(7)).put(hashing.key(99), "v7"))
        .isNotEqualTo(descending);
  }

  @Test
  void aChangeSharesAllButOnePath() {
    TrieNode<Key, Integer> before = TrieNode.empty(0);
    for (int i = 0; i < 100_000; i++) {
      before = put(before, Hashing.ALL_DIFFER.key(i));
    }

    Set<TrieNode<Key, Integer>> fresh = nodes(put(before, Hashing.ALL_DIFFER.key(123_456)));
    fresh.removeAll(nodes(before));

    assertThat(fresh).hasSizeLessThanOrEqualTo(5); // log₃₂ 100,000 is 3.3
  }

  /** Links of a full mesh of numbered edges, the hardest that operators' ids are likely to be. */
  @Test
  void linksOfNumberedEdgesHaveHashesOfTheirOwn() {
    Set<Integer> hashes = new HashSet<>();
    int links = 0;
    for (int a = 0; a < 400; a++) {
      for (int b = a + 1; b < 400; b++) {
        hashes.add(TrieNode.hash(Samples.link("edge-%05d~edge-%05d".formatted(a, b))));
        links++;
      }
    }

    assertThat(links - hashes.size()).isLessThan(10);
  }

  private static void checkContents(HashedMap<Key, Integer> map, Map<Key, Integer> expected) {
    Map<Key, Integer> sorted = new TreeMap<>(expected);
    assertThat(map.keys()).containsExactlyElementsOf(sorted.keySet());
    assertThat(map.values()).containsExactlyElementsOf(sorted.values());
    assertThat(map.size()).isEqualTo(sorted.size());
  }

  private static TrieNode<Key, Integer> put(TrieNode<Key, Integer> root, Key key) {
    return root.put(key, key.number(), TrieNode.hash(key), 0);
  }

  private static TrieNode<Key, Integer> removed(TrieNode<Key, Integer> root, Key key) {
    return root.remove(key, TrieNode.hash(key), 0);
  }

  private static Set<TrieNode<Key, Integer>> nodes(TrieNode<Key, Integer> root) {
    Set<TrieNode<Key, Integer>> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(root, nodes);
    return nodes;
  }

  private static void collect(TrieNode<Key, Integer> node, Set<TrieNode<Key, Integer>> into) {
    into.add(node);
    node.children().forEach(child -> collect(child, into));
  }
}
