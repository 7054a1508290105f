package io.linkwright.bench;

import io.linkwright.domain.id.EdgeId;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All links there can be between {@code members} members, numbered so that any run of consecutive
 * ones spreads evenly: first everyone to their next neighbour, then to the one after, and so on.
 */
record LinkPairs(int members) {
  LinkPairs {
    if (members < 3) {
      throw new IllegalArgumentException("%d members give too few links".formatted(members));
    }
  }

  /** How many different links {@link #body} can name. */
  int count() {
    // Offsets up to just under half the circle name each pair once.
    return members * ((members - 1) / 2);
  }

  /** One end of link number {@code index}. */
  EdgeId near(int index) {
    return edge(index % members);
  }

  /** The other end of link number {@code index}. */
  EdgeId far(int index) {
    return edge((index % members + index / members + 1) % members);
  }

  /** The link as the API takes it. */
  String body(int index) {
    return "{\"edgeA\":\"%s\",\"edgeB\":\"%s\"}".formatted(near(index), far(index));
  }

  /** {@code size} links from number {@code from} on, as an array. */
  String bodies(int from, int size) {
    return IntStream.range(from, from + size)
        .mapToObj(this::body)
        .collect(Collectors.joining(",", "[", "]"));
  }

  static EdgeId edge(int number) {
    return new EdgeId("edge-%05d".formatted(number));
  }
}
