package io.linkwright.pusher.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The question where the topic ends now, which goes to the leader of every partition. The feed
 * reads on while it waits for the answer.
 */
final class EndProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Instant askedAt;
  private final KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer;

  private EndProbe(
      Instant askedAt, KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer) {
    this.askedAt = askedAt;
    this.answer = answer;
  }

  /** Asks for the end of what is committed. */
  static EndProbe ask(Admin admin, List<TopicPartition> partitions, InstantSource clock) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    ListOffsetsOptions options =
        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
            .timeoutMs(Math.toIntExact(TIMEOUT.toMillis()));
    return new EndProbe(clock.instant(), admin.listOffsets(ends, options).all());
  }

  /** Whether there will be no answer. */
  boolean hasFailed() {
    return answer.isCompletedExceptionally();
  }

  /**
   * The answer, if it is there. Never waits.
   *
   * @throws KafkaException if the question failed
   */
  Optional<Checkpoint> answer() {
    if (!answer.isDone()) {
      return Optional.empty();
    }
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      answer.get().forEach((partition, end) -> ends.put(partition, end.offset()));
      return Optional.of(new Checkpoint(askedAt, ends));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failed.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
