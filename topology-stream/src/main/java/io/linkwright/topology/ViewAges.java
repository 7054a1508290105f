package io.linkwright.topology;

import io.linkwright.http.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How old what the view shows is. The end of a partition is asked for now and then, and once the
 * stream has come that far, the view is as of the moment of the question. A view of which nobody
 * can tell any more, because no broker answers or because the stream stands still, is not ready.
 *
 * <p>Times are of {@link System#nanoTime}. Written by one thread, read by any.
 */
final class ViewAges {
  /** After this long without an answer, or without progress, the view is not ready. */
  static final Duration MAX_UNCERTAIN = Duration.ofSeconds(15);

  /** At the end of a partition a transaction's mark takes an offset that nobody commits. */
  private static final long MARK = 1;

  private final ConcurrentMap<Integer, State> partitions = new ConcurrentHashMap<>();
  private volatile long answeredAt;
  private volatile boolean known;

  /** The end of a partition, and when it was asked for. */
  private record End(long askedAt, long offset) {}

  /**
   * Of a partition.
   *
   * @param freshAt when the end was asked for that the view has reached last
   * @param awaited the end that it has yet to reach
   */
  private record State(
      long position, long progressAt, OptionalLong freshAt, Optional<End> awaited) {

    State at(long offset, long now) {
      State moved = offset == position ? this : new State(offset, now, freshAt, awaited);
      return moved
          .awaited
          .filter(end -> offset + MARK >= end.offset())
          .map(end -> new State(offset, now, OptionalLong.of(end.askedAt()), Optional.<End>empty()))
          .orElse(moved);
    }

    /** An end is awaited until it is reached, or a busy log would be ahead for ever. */
    State awaiting(End end) {
      return awaited.isPresent()
          ? this
          : new State(position, progressAt, freshAt, Optional.of(end));
    }

    Duration standingStill(long now) {
      return Duration.ofNanos(now - progressAt);
    }
  }

  ViewAges(long now) {
    answeredAt = now;
  }

  /** The stream starts or is shared out anew: which partitions are here is not known. */
  void unknown() {
    known = false;
    partitions.clear();
  }

  /**
   * The stream is here.
   *
   * @param positions of the partitions that this instance has
   */
  void reached(Map<Integer, Long> positions, long now) {
    partitions.keySet().retainAll(positions.keySet());
    positions.forEach(
        (partition, offset) ->
            partitions.compute(
                partition,
                (_, state) ->
                    (state == null
                            ? new State(offset, now, OptionalLong.empty(), Optional.empty())
                            : state)
                        .at(offset, now)));
    known = true;
  }

  /** The cluster has said where partitions end. */
  void answered(Map<Integer, Long> ends, long askedAt, long now) {
    answeredAt = now;
    ends.forEach(
        (partition, offset) ->
            partitions.computeIfPresent(
                partition,
                (_, state) -> state.awaiting(new End(askedAt, offset)).at(state.position(), now)));
  }

  /** Whether a partition is here whose end was never compared. */
  boolean isIncomplete() {
    return partitions.values().stream().anyMatch(state -> state.freshAt().isEmpty());
  }

  /** How old the view of a partition is at most; empty if it is not here or was never compared. */
  Optional<Duration> age(int partition, long now) {
    State state = partitions.get(partition);
    return state == null || state.freshAt().isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, now - state.freshAt().getAsLong())));
  }

  Readiness readiness(long now) {
    if (!known) {
      return Readiness.notReady("the stream has not said yet how far the view is");
    }
    Duration unanswered = Duration.ofNanos(now - answeredAt);
    if (unanswered.compareTo(MAX_UNCERTAIN) > 0) {
      return Readiness.notReady(
          "no broker has said for %d s how far the log goes".formatted(unanswered.toSeconds()));
    }
    return partitions.entrySet().stream()
        .flatMap(entry -> complaint(entry.getKey(), entry.getValue(), now).stream())
        .findFirst()
        .map(Readiness::notReady)
        .orElseGet(Readiness::ready);
  }

  private static Optional<String> complaint(int partition, State state, long now) {
    if (state.freshAt().isEmpty()) {
      return Optional.of(
          state
              .awaited()
              .map(
                  end ->
                      "partition %d of the view is at offset %d of %d"
                          .formatted(partition, state.position(), end.offset()))
              .orElse("partition %d of the view was not compared yet".formatted(partition)));
    }
    return state
        .awaited()
        .filter(end -> now - end.askedAt() > MAX_UNCERTAIN.toNanos())
        .filter(_ -> state.standingStill(now).compareTo(MAX_UNCERTAIN) > 0)
        .map(
            end ->
                "partition %d of the view has stood at offset %d of %d for %d s"
                    .formatted(
                        partition,
                        state.position(),
                        end.offset(),
                        state.standingStill(now).toSeconds()));
  }
}
