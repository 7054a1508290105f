package io.linkwright.domain.persistent;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A node of a {@link HashedMap}. Its keys have the same lower {@code shift} bits of their hashes,
 * which led to it; the next {@value #BITS} tell them apart. Immutable.
 */
sealed interface TrieNode<K extends Comparable<K>, V> permits TrieBranch, TrieCollision {
  /** Bits of a hash that one level looks at. */
  int BITS = 5;

  /** Entries below this node. */
  int size();

  /** The entry of a node that has one only. */
  Map.Entry<K, V> sole();

  /** The value of the key; null if it is not there. */
  V find(K key, int hash, int shift);

  /** This node with the key at the value. */
  TrieNode<K, V> put(K key, V value, int hash, int shift);

  /** This node without the key; this node itself if it is not there. */
  TrieNode<K, V> remove(K key, int hash, int shift);

  /** The nodes right below this one. */
  Stream<TrieNode<K, V>> children();

  /** Hands over all entries below this node, in no order. */
  void forEach(BiConsumer<K, V> taker);

  /** A node without entries for keys of which {@code shift} bits are alike. */
  static <K extends Comparable<K>, V> TrieNode<K, V> empty(int shift) {
    return shift < Integer.SIZE ? TrieBranch.empty() : TrieCollision.empty();
  }

  /**
   * The key's hash with each bit depending on all of them (the finalizer of MurmurHash3, a
   * bijection): hashes of texts that differ in a digit differ in few bits.
   */
  static int hash(Object key) {
    int hash = key.hashCode();
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }
}
