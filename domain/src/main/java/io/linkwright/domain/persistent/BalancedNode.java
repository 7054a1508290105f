package io.linkwright.domain.persistent;

/**
 * A node of a weight-balanced binary search tree (Adams 1993, with the balance parameters 3 and 2
 * that Hirai and Yamamoto proved right in 2011): neither child holds more than three times the
 * other. The empty tree is {@code null}.
 */
final class BalancedNode<K extends Comparable<K>, V> {
  private static final int MAX_RATIO = 3;
  private static final int SINGLE_ROTATION_RATIO = 2;

  final K key;
  final V value;
  final BalancedNode<K, V> left;
  final BalancedNode<K, V> right;
  private final int size;

  private BalancedNode(K key, V value, BalancedNode<K, V> left, BalancedNode<K, V> right) {
    this.key = key;
    this.value = value;
    this.left = left;
    this.right = right;
    this.size = 1 + size(left) + size(right);
  }

  static int size(BalancedNode<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  static <K extends Comparable<K>, V> BalancedNode<K, V> put(
      BalancedNode<K, V> node, K key, V value) {
    if (node == null) {
      return new BalancedNode<>(key, value, null, null);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return new BalancedNode<>(key, value, node.left, node.right);
    }
    return order < 0
        ? balanced(node, put(node.left, key, value), node.right)
        : balanced(node, node.left, put(node.right, key, value));
  }

  /** The tree without a key that is in it. */
  static <K extends Comparable<K>, V> BalancedNode<K, V> remove(BalancedNode<K, V> node, K key) {
    int order = key.compareTo(node.key);
    if (order != 0) {
      return order < 0
          ? balanced(node, remove(node.left, key), node.right)
          : balanced(node, node.left, remove(node.right, key));
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    BalancedNode<K, V> successor = first(node.right);
    return balanced(successor, node.left, withoutFirst(node.right));
  }

  private static <K extends Comparable<K>, V> BalancedNode<K, V> first(BalancedNode<K, V> node) {
    BalancedNode<K, V> least = node;
    while (least.left != null) {
      least = least.left;
    }
    return least;
  }

  private static <K extends Comparable<K>, V> BalancedNode<K, V> withoutFirst(
      BalancedNode<K, V> node) {
    return node.left == null ? node.right : balanced(node, withoutFirst(node.left), node.right);
  }

  /** The entry of {@code middle} over two trees of which one has gained or lost one entry. */
  private static <K extends Comparable<K>, V> BalancedNode<K, V> balanced(
      BalancedNode<K, V> middle, BalancedNode<K, V> left, BalancedNode<K, V> right) {
    int leftWeight = size(left) + 1;
    int rightWeight = size(right) + 1;
    if (rightWeight > MAX_RATIO * leftWeight) {
      return size(right.left) + 1 < SINGLE_ROTATION_RATIO * (size(right.right) + 1)
          ? over(right, over(middle, left, right.left), right.right)
          : over(
              right.left,
              over(middle, left, right.left.left),
              over(right, right.left.right, right.right));
    }
    if (leftWeight > MAX_RATIO * rightWeight) {
      return size(left.right) + 1 < SINGLE_ROTATION_RATIO * (size(left.left) + 1)
          ? over(left, left.left, over(middle, left.right, right))
          : over(
              left.right,
              over(left, left.left, left.right.left),
              over(middle, left.right.right, right));
    }
    return over(middle, left, right);
  }

  private static <K extends Comparable<K>, V> BalancedNode<K, V> over(
      BalancedNode<K, V> entry, BalancedNode<K, V> left, BalancedNode<K, V> right) {
    return new BalancedNode<>(entry.key, entry.value, left, right);
  }
}
