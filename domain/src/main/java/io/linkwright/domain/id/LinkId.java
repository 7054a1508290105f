package io.linkwright.domain.id;

import io.linkwright.domain.text.Excerpt;
import java.util.List;

/**
 * An unordered pair of members. {@code edgeA} is the lesser of the two in string order, so that a
 * link has one id whichever end names it first: {@code denver~kansas-city}.
 */
public record LinkId(EdgeId edgeA, EdgeId edgeB) implements Comparable<LinkId> {
  private static final char SEPARATOR = '~';

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the two are the same edge or not in string order
   */
  public LinkId {
    if (edgeA.compareTo(edgeB) >= 0) {
      throw new IllegalArgumentException(
          "%s and %s are not two edges in string order".formatted(edgeA, edgeB));
    }
  }

  /**
   * The link between two different edges, in either order.
   *
   * @throws IllegalArgumentException if both are the same edge
   */
  public static LinkId between(EdgeId one, EdgeId other) {
    return one.compareTo(other) < 0 ? new LinkId(one, other) : new LinkId(other, one);
  }

  /**
   * Reads {@code a~b}, in either order of the two ids.
   *
   * @throws IllegalArgumentException if the text is not two different slugs joined by {@code ~}
   */
  public static LinkId parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    if (separator < 0) {
      throw new IllegalArgumentException(
          "'%s' is not a link: two edge ids joined by '~'".formatted(Excerpt.of(text)));
    }
    return between(
        new EdgeId(text.substring(0, separator)), new EdgeId(text.substring(separator + 1)));
  }

  /** Whether {@code edge} is one of the two ends. */
  public boolean joins(EdgeId edge) {
    return edgeA.equals(edge) || edgeB.equals(edge);
  }

  /**
   * The end that is not {@code edge}.
   *
   * @throws IllegalArgumentException if {@code edge} is neither end
   */
  public EdgeId peerOf(EdgeId edge) {
    if (edgeA.equals(edge)) {
      return edgeB;
    }
    if (edgeB.equals(edge)) {
      return edgeA;
    }
    throw new IllegalArgumentException("%s is not an end of %s".formatted(edge, this));
  }

  /** Both ends, in string order. */
  public List<EdgeId> edges() {
    return List.of(edgeA, edgeB);
  }

  /**
   * Parts links whose ends' hashes add up to the same, as those of numbered edges do. The factor is
   * 2³² divided by the golden ratio.
   */
  @Override
  public int hashCode() {
    return edgeA.hashCode() * 0x9E3779B9 + edgeB.hashCode();
  }

  @Override
  public int compareTo(LinkId other) {
    int byA = edgeA.compareTo(other.edgeA);
    return byA != 0 ? byA : edgeB.compareTo(other.edgeB);
  }

  @Override
  public String toString() {
    return edgeA.value() + SEPARATOR + edgeB.value();
  }
}
