package io.linkwright.domain.persistent;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A node of keys whose hashes are the same in all bits, found by their order: whoever chooses ids
 * so that their hashes are alike gains nothing.
 */
final class TrieCollision<K extends Comparable<K>, V> implements TrieNode<K, V> {
  private static final TrieCollision<?, ?> EMPTY =
      new TrieCollision<>(OrderedMap.<String, Object>empty());

  private final OrderedMap<K, V> entries;

  private TrieCollision(OrderedMap<K, V> entries) {
    this.entries = entries;
  }

  @SuppressWarnings("unchecked") // holds no entry of any type
  static <K extends Comparable<K>, V> TrieCollision<K, V> empty() {
    return (TrieCollision<K, V>) EMPTY;
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public Map.Entry<K, V> sole() {
    return entries.iterator().next();
  }

  @Override
  public V find(K key, int hash, int shift) {
    return entries.get(key).orElse(null);
  }

  @Override
  public TrieNode<K, V> put(K key, V value, int hash, int shift) {
    return new TrieCollision<>(entries.put(key, value));
  }

  @Override
  public TrieNode<K, V> remove(K key, int hash, int shift) {
    return entries.contains(key) ? new TrieCollision<>(entries.remove(key)) : this;
  }

  @Override
  public Stream<TrieNode<K, V>> children() {
    return Stream.empty();
  }

  @Override
  public void forEach(BiConsumer<K, V> taker) {
    entries.forEach(entry -> taker.accept(entry.getKey(), entry.getValue()));
  }
}
