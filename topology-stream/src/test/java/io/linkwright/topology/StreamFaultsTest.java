package io.linkwright.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Which faults pass, and which stop the stream for good. */
final class StreamFaultsTest {
  private final StreamFaults faults = new StreamFaults();

  private static Throwable[] passing() {
    return new Throwable[] {
      new TimeoutException("no answer"),
      new DisconnectException("gone"),
      new KafkaException("some fault"),
      // What the producer says after a commit that took too long: a log that is sound.
      new IllegalStateException(
          "Cannot attempt operation `sendOffsetsToTransaction` because the previous call to"
              + " `commitTransaction` timed out and must be retried"),
      new ProducerFencedException("a newer epoch"),
      new InvalidProducerEpochException("a newer epoch"),
      new SerializationException("the registry does not answer"),
      new RecordTooLargeException("more than the topic takes"),
      // A permission may be granted later, a broker upgraded, a topic made.
      new TopicAuthorizationException("linkwright.topology"),
      new GroupAuthorizationException("linkwright-topology"),
      new TransactionalIdAuthorizationException("not allowed"),
      new ClusterAuthorizationException("not allowed"),
      new SaslAuthenticationException("wrong password"),
      new UnsupportedVersionException("an old broker"),
      new MissingSourceTopicException("no topic"),
      new ProcessorStateException("disk full", new IOException("No space left on device")),
      new LockException("the directory is another's"),
      new ConfigException("a setting"),
      new NullPointerException(),
    };
  }

  private static Throwable[] forGood() {
    return new Throwable[] {
      new FencedInstanceIdException("another process runs as single-1"),
      new OutOfMemoryError("Java heap space"),
      new StackOverflowError(),
      new NoClassDefFoundError("io/linkwright/Missing"),
    };
  }

  @Test
  void whatMayHealIsTriedAgainHoweverOftenItComes() {
    for (Throwable cause : passing()) {
      for (int count = 0; count < 100; count++) {
        assertThat(faults.handle(new StreamsException("fault", cause))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(faults.handle(cause)).isEqualTo(SHUTDOWN_CLIENT);
      }
      assertThat(faults.fatal()).as(cause.toString()).isEmpty();
    }
    assertThat(faults.count()).isEqualTo(200L * passing().length);
  }

  @Test
  void whatCannotHealStopsTheStream() {
    for (Throwable cause : forGood()) {
      StreamFaults fresh = new StreamFaults();
      assertThat(fresh.handle(new StreamsException("fault", cause))).isEqualTo(SHUTDOWN_CLIENT);
      assertThat(fresh.fatal()).as(cause.toString()).isPresent();
    }
  }

  @Test
  void theFirstReasonStaysAndIsInWords() {
    faults.handle(new StreamsException("x", new FencedInstanceIdException("another runs as one")));
    faults.handle(new OutOfMemoryError("later"));
    assertThat(faults.fatal()).hasValue("another runs as one");
  }

  @Test
  void aFaultWithoutAMessageIsNamed() {
    faults.handle(new StreamsException("x", new NullPointerException()));
    assertThat(faults.last()).hasValue("java.lang.NullPointerException");
  }
}
