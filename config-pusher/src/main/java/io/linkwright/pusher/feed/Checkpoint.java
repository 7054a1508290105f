package io.linkwright.pusher.feed;

import java.time.Instant;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the topic ended at a moment. Once the feed has come that far, the store holds all that was
 * on the topic then.
 */
record Checkpoint(Instant takenAt, Map<TopicPartition, Long> endOffsets) {

  /** Records to go at most; aborted ones and markers count as well. */
  long behind(ToLongFunction<TopicPartition> position) {
    return endOffsets.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - position.applyAsLong(end.getKey())))
        .sum();
  }
}
