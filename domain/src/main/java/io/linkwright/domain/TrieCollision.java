package io.linkwright.domain;

import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A node of keys whose hashes are the same in all bits. They are looked through one by one. */
final class TrieCollision<K, V> implements TrieNode<K, V> {
  private static final TrieCollision<?, ?> EMPTY = new TrieCollision<>(new Object[0]);

  private final Object[] slots; // key and value of each entry

  private TrieCollision(Object[] slots) {
    this.slots = slots;
  }

  @SuppressWarnings("unchecked") // holds no entry of any type
  static <K, V> TrieCollision<K, V> empty() {
    return (TrieCollision<K, V>) EMPTY;
  }

  @Override
  public int size() {
    return slots.length / 2;
  }

  @Override
  @SuppressWarnings("unchecked") // only keys are put there
  public K key(int place) {
    return (K) slots[2 * place];
  }

  @Override
  @SuppressWarnings("unchecked") // only values are put there
  public V value(int place) {
    return (V) slots[2 * place + 1];
  }

  @Override
  public V find(K key, int hash, int shift) {
    int place = place(key);
    return place < size() ? value(place) : null;
  }

  @Override
  public TrieNode<K, V> put(K key, V value, int hash, int shift) {
    int place = place(key);
    return new TrieCollision<>(
        place < size()
            ? Slots.with(slots, 2 * place + 1, value)
            : Slots.withInserted(slots, slots.length, key, value));
  }

  @Override
  public TrieNode<K, V> remove(K key, int hash, int shift) {
    int place = place(key);
    return place < size() ? new TrieCollision<>(Slots.without(slots, 2 * place, 2)) : this;
  }

  @Override
  public Stream<TrieNode<K, V>> children() {
    return Stream.empty();
  }

  @Override
  public void forEach(BiConsumer<K, V> taker) {
    for (int place = 0; place < size(); place++) {
      taker.accept(key(place), value(place));
    }
  }

  /** Of the key among the entries; their number if it is not there. */
  private int place(K key) {
    int place = 0;
    while (place < size() && !key.equals(key(place))) {
      place++;
    }
    return place;
  }
}
