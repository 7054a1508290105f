package io.linkwright.domain.persistent;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A node with a place for each value of the next {@value TrieNode#BITS} bits of a hash. A place is
 * empty, or has an entry, or a child if there are more: two bitmaps say which, and only places that
 * are not empty take room (Bagwell 2001; entries before children as Steindorfer and Vinju 2015). A
 * child has two entries or more, so that the same entries always make the same tree.
 */
final class TrieBranch<K extends Comparable<K>, V> implements TrieNode<K, V> {
  private static final TrieBranch<?, ?> EMPTY =
      new TrieBranch<String, Object>(0, 0, new Object[0], 0);

  private final int entryBits;
  private final int childBits;
  private final Object[] slots; // key and value of each entry, then the children; by place
  private final int size;

  private TrieBranch(int entryBits, int childBits, Object[] slots, int size) {
    this.entryBits = entryBits;
    this.childBits = childBits;
    this.slots = slots;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // holds no entry of any type
  static <K extends Comparable<K>, V> TrieBranch<K, V> empty() {
    return (TrieBranch<K, V>) EMPTY;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Map.Entry<K, V> sole() {
    return Map.entry(key(0), value(0));
  }

  @SuppressWarnings("unchecked") // only keys are put there
  private K key(int place) {
    return (K) slots[2 * place];
  }

  @SuppressWarnings("unchecked") // only values are put there
  private V value(int place) {
    return (V) slots[2 * place + 1];
  }

  @SuppressWarnings("unchecked") // only children are put there
  private TrieNode<K, V> child(int slot) {
    return (TrieNode<K, V>) slots[slot];
  }

  @Override
  public V find(K key, int hash, int shift) {
    int bit = bit(hash, shift);
    if ((childBits & bit) != 0) {
      return child(childSlot(bit)).find(key, hash, shift + BITS);
    }
    int place = place(bit);
    return (entryBits & bit) != 0 && key.equals(key(place)) ? value(place) : null;
  }

  @Override
  public TrieNode<K, V> put(K key, V value, int hash, int shift) {
    int bit = bit(hash, shift);
    if ((childBits & bit) != 0) {
      int slot = childSlot(bit);
      return withChild(slot, child(slot).put(key, value, hash, shift + BITS));
    }
    int place = place(bit);
    if ((entryBits & bit) == 0) {
      return withEntry(bit, key, value);
    }
    K there = key(place);
    if (key.equals(there)) {
      return new TrieBranch<>(entryBits, childBits, Slots.with(slots, 2 * place + 1, value), size);
    }
    int deeper = shift + BITS;
    TrieNode<K, V> both =
        TrieNode.<K, V>empty(deeper)
            .put(there, value(place), TrieNode.hash(there), deeper)
            .put(key, value, hash, deeper);
    return withChildForEntry(bit, both);
  }

  @Override
  public TrieNode<K, V> remove(K key, int hash, int shift) {
    int bit = bit(hash, shift);
    if ((childBits & bit) != 0) {
      int slot = childSlot(bit);
      TrieNode<K, V> before = child(slot);
      TrieNode<K, V> after = before.remove(key, hash, shift + BITS);
      if (after == before) {
        return this;
      }
      return after.size() == 1 ? withEntryForChild(bit, after.sole()) : withChild(slot, after);
    }
    int place = place(bit);
    return (entryBits & bit) != 0 && key.equals(key(place))
        ? new TrieBranch<>(entryBits ^ bit, childBits, Slots.without(slots, 2 * place, 2), size - 1)
        : this;
  }

  @Override
  public Stream<TrieNode<K, V>> children() {
    return IntStream.range(2 * Integer.bitCount(entryBits), slots.length).mapToObj(this::child);
  }

  @Override
  public void forEach(BiConsumer<K, V> taker) {
    for (int place = 0; place < Integer.bitCount(entryBits); place++) {
      taker.accept(key(place), value(place));
    }
    children().forEach(child -> child.forEach(taker));
  }

  private TrieBranch<K, V> withEntry(int bit, K key, V value) {
    return new TrieBranch<>(
        entryBits | bit,
        childBits,
        Slots.withInserted(slots, 2 * place(bit), key, value),
        size + 1);
  }

  private TrieBranch<K, V> withChild(int slot, TrieNode<K, V> child) {
    int grown = child.size() - child(slot).size();
    return new TrieBranch<>(entryBits, childBits, Slots.with(slots, slot, child), size + grown);
  }

  /** The place's entry and another have gone into a child. */
  private TrieBranch<K, V> withChildForEntry(int bit, TrieNode<K, V> child) {
    Object[] others = Slots.without(slots, 2 * place(bit), 2);
    int slot = childSlot(bit) - 2;
    return new TrieBranch<>(
        entryBits ^ bit, childBits | bit, Slots.withInserted(others, slot, child), size + 1);
  }

  /** The place's child is left with one entry. */
  private TrieBranch<K, V> withEntryForChild(int bit, Map.Entry<K, V> entry) {
    Object[] others = Slots.without(slots, childSlot(bit), 1);
    return new TrieBranch<>(
        entryBits | bit,
        childBits ^ bit,
        Slots.withInserted(others, 2 * place(bit), entry.getKey(), entry.getValue()),
        size - 1);
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift); // Java takes the lower five bits of what it shifts by
  }

  /** Of an entry, among the entries. */
  private int place(int bit) {
    return Integer.bitCount(entryBits & (bit - 1));
  }

  private int childSlot(int bit) {
    return 2 * Integer.bitCount(entryBits) + Integer.bitCount(childBits & (bit - 1));
  }
}
