package io.linkwright.domain.persistent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An immutable map for what is looked up far more often than listed: a hash trie. {@link #put} and
 * {@link #remove} give a new map that shares all but one path of nodes with the old one, and that
 * path has log₃₂ n of them. Nothing shows the order of hashes: who lists it gets the order of keys,
 * sorted when asked for.
 */
public final class HashedMap<K extends Comparable<K>, V> {
  private static final HashedMap<?, ?> EMPTY = new HashedMap<String, Object>(TrieBranch.empty());

  private final TrieNode<K, V> root;

  private HashedMap(TrieNode<K, V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked") // holds no entry of any type
  public static <K extends Comparable<K>, V> HashedMap<K, V> empty() {
    return (HashedMap<K, V>) EMPTY;
  }

  public int size() {
    return root.size();
  }

  public boolean isEmpty() {
    return root.size() == 0;
  }

  public boolean contains(K key) {
    return find(key) != null;
  }

  public Optional<V> get(K key) {
    return Optional.ofNullable(find(key));
  }

  /** This map with the key at the value, whether or not it was there. */
  public HashedMap<K, V> put(K key, V value) {
    return new HashedMap<>(root.put(key, value, TrieNode.hash(key), 0));
  }

  /** This map without the key; this map itself if it is not there. */
  public HashedMap<K, V> remove(K key) {
    TrieNode<K, V> without = root.remove(key, TrieNode.hash(key), 0);
    return without == root ? this : new HashedMap<>(without);
  }

  /** The values in key order, in O(n log n). */
  public Stream<V> values() {
    return sorted().map(Map.Entry::getValue);
  }

  /** The keys in order, in O(n log n). */
  public Stream<K> keys() {
    return sorted().map(Map.Entry::getKey);
  }

  /** Whether both have the same entries, however they came. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof HashedMap<?, ?> that) || size() != that.size()) {
      return false;
    }
    return root == that.root || sorted().toList().equals(that.sorted().toList());
  }

  @Override
  public int hashCode() {
    return sorted().toList().hashCode();
  }

  @Override
  public String toString() {
    return sorted().toList().toString();
  }

  private V find(K key) {
    return root.find(key, TrieNode.hash(key), 0);
  }

  private Stream<Map.Entry<K, V>> sorted() {
    List<Map.Entry<K, V>> entries = new ArrayList<>(size());
    root.forEach((key, value) -> entries.add(Map.entry(key, value)));
    entries.sort(Map.Entry.comparingByKey());
    return entries.stream();
  }
}
