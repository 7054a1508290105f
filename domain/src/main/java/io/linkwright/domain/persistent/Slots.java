package io.linkwright.domain.persistent;

import java.util.Arrays;

/** Copies of the arrays in which the branches of a {@link HashedMap} keep what they have. */
final class Slots {
  private Slots() {}

  static Object[] with(Object[] slots, int at, Object element) {
    Object[] copy = slots.clone();
    copy[at] = element;
    return copy;
  }

  static Object[] withInserted(Object[] slots, int at, Object... elements) {
    Object[] copy = new Object[slots.length + elements.length];
    System.arraycopy(slots, 0, copy, 0, at);
    System.arraycopy(elements, 0, copy, at, elements.length);
    System.arraycopy(slots, at, copy, at + elements.length, slots.length - at);
    return copy;
  }

  static Object[] without(Object[] slots, int at, int count) {
    Object[] copy = Arrays.copyOf(slots, slots.length - count);
    System.arraycopy(slots, at + count, copy, at, copy.length - at);
    return copy;
  }
}
