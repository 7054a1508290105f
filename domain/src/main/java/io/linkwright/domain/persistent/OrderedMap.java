package io.linkwright.domain.persistent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An immutable map in key order. {@link #put} and {@link #remove} give a new map that shares all
 * but O(log n) nodes with the old one, so a draft state costs what it changes and is dropped by
 * forgetting it.
 */
public final class OrderedMap<K extends Comparable<K>, V> implements Iterable<Map.Entry<K, V>> {

  /** Says of an entry and its rank, counted from 0, whether it belongs to a prefix of the map. */
  @FunctionalInterface
  public interface PrefixRule<K> {
    boolean holds(int rank, K key);
  }

  private static final OrderedMap<?, ?> EMPTY = new OrderedMap<>(null);

  private final BalancedNode<K, V> root; // null if empty

  private OrderedMap(BalancedNode<K, V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked") // holds no entry of any type
  public static <K extends Comparable<K>, V> OrderedMap<K, V> empty() {
    return (OrderedMap<K, V>) EMPTY;
  }

  public int size() {
    return BalancedNode.size(root);
  }

  boolean isEmpty() {
    return root == null;
  }

  boolean contains(K key) {
    return find(key) != null;
  }

  public Optional<V> get(K key) {
    BalancedNode<K, V> node = find(key);
    return node == null ? Optional.empty() : Optional.of(node.value);
  }

  /** This map with the key at the value, whether or not it was there. */
  public OrderedMap<K, V> put(K key, V value) {
    return new OrderedMap<>(BalancedNode.put(root, key, value));
  }

  /** This map without the key; this map itself if it is not there. */
  public OrderedMap<K, V> remove(K key) {
    return contains(key) ? new OrderedMap<>(BalancedNode.remove(root, key)) : this;
  }

  /** The entry of the greatest key that is not above {@code key}. */
  public Optional<Map.Entry<K, V>> floor(K key) {
    BalancedNode<K, V> best = null;
    for (BalancedNode<K, V> node = root; node != null; ) {
      boolean candidate = node.key.compareTo(key) <= 0;
      best = candidate ? node : best;
      node = candidate ? node.right : node.left;
    }
    return entry(best);
  }

  /** The entry of the least key that is not below {@code key}. */
  public Optional<Map.Entry<K, V>> ceiling(K key) {
    BalancedNode<K, V> best = null;
    for (BalancedNode<K, V> node = root; node != null; ) {
      boolean candidate = node.key.compareTo(key) >= 0;
      best = candidate ? node : best;
      node = candidate ? node.left : node.right;
    }
    return entry(best);
  }

  /**
   * The length of the longest prefix whose entries all obey the rule, in O(log n). The rule must
   * hold for every entry of that prefix and for none after it.
   */
  public int prefixLength(PrefixRule<K> rule) {
    int length = 0;
    for (BalancedNode<K, V> node = root; node != null; ) {
      int rank = length + BalancedNode.size(node.left);
      boolean inside = rule.holds(rank, node.key);
      length = inside ? rank + 1 : length;
      node = inside ? node.right : node.left;
    }
    return length;
  }

  /** The values in key order. */
  Stream<V> values() {
    return entries().map(Map.Entry::getValue);
  }

  /** The keys in order. */
  Stream<K> keys() {
    return entries().map(Map.Entry::getKey);
  }

  private Stream<Map.Entry<K, V>> entries() {
    int traits = Spliterator.ORDERED | Spliterator.IMMUTABLE | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliterator(iterator(), size(), traits), false);
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return new InOrder<>(root);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof OrderedMap<?, ?> that) || size() != that.size()) {
      return false;
    }
    if (root == that.root) {
      return true;
    }
    Iterator<?> theirs = that.iterator();
    for (Map.Entry<K, V> mine : this) {
      if (!mine.equals(theirs.next())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (Map.Entry<K, V> entry : this) {
      hash = 31 * hash + entry.hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return entries().toList().toString();
  }

  private BalancedNode<K, V> find(K key) {
    BalancedNode<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return node;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  private static <K extends Comparable<K>, V> Optional<Map.Entry<K, V>> entry(
      BalancedNode<K, V> node) {
    return node == null ? Optional.empty() : Optional.of(Map.entry(node.key, node.value));
  }

  private static final class InOrder<K extends Comparable<K>, V>
      implements Iterator<Map.Entry<K, V>> {
    private final Deque<BalancedNode<K, V>> path = new ArrayDeque<>();

    InOrder(BalancedNode<K, V> root) {
      descend(root);
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (path.isEmpty()) {
        throw new NoSuchElementException();
      }
      BalancedNode<K, V> node = path.pop();
      descend(node.right);
      return Map.entry(node.key, node.value);
    }

    private void descend(BalancedNode<K, V> from) {
      for (BalancedNode<K, V> node = from; node != null; node = node.left) {
        path.push(node);
      }
    }
  }
}
