package io.linkwright.schemas;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what an admin client has asked. */
final class AdminAnswers {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private AdminAnswers() {}

  static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException refusal
          ? refusal
          : new KafkaException("the cluster failed to answer", failed.getCause());
    } catch (TimeoutException late) {
      throw new KafkaException(
          "the cluster did not answer within %d s".formatted(TIMEOUT.toSeconds()), late);
    }
  }
}
