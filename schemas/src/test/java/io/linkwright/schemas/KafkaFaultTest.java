package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
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
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

/** What each failure of a client means, bare and wrapped. */
final class KafkaFaultTest {
  @Test
  void onlyTimePassedOrOneRecordWasAtFault() {
    assertThat(
            new Throwable[] {
              new TimeoutException("no answer"),
              new DisconnectException("gone"),
              new RecordTooLargeException("more than the topic takes"),
              new SerializationException("cannot be written"),
              new SchemaRegistryException("no answer")
            })
        .allMatch(failure -> KafkaFault.of(failure) == KafkaFault.DELAY);
  }

  @Test
  void theClientIsMadeAnew() {
    assertThat(
            new Throwable[] {
              new ProducerFencedException("a newer epoch"),
              new InvalidProducerEpochException("a newer epoch"),
              new KafkaException("fatal", new TimeoutException("wrapped: the client has ended")),
              new IllegalStateException("commitTransaction timed out and must be retried"),
              new NullPointerException()
            })
        .allMatch(failure -> KafkaFault.of(failure) == KafkaFault.CLIENT_LOST);
  }

  @Test
  void theClusterRefuses() {
    assertThat(
            new Throwable[] {
              new GroupAuthorizationException("linkwright-topology"),
              new ClusterAuthorizationException("not allowed"),
              new SaslAuthenticationException("wrong password"),
              new UnsupportedVersionException("an old broker")
            })
        .allMatch(failure -> KafkaFault.of(failure) == KafkaFault.REFUSED)
        .allMatch(failure -> KafkaFault.of(new KafkaException("x", failure)) == KafkaFault.REFUSED);
  }

  @Test
  void twoThingsDoNotPass() {
    Throwable replaced = new FencedInstanceIdException("another process runs as single-1");
    Throwable broken = new OutOfMemoryError("Java heap space");

    assertThat(KafkaFault.of(replaced)).isEqualTo(KafkaFault.REPLACED);
    assertThat(KafkaFault.of(new KafkaException("x", replaced))).isEqualTo(KafkaFault.REPLACED);
    assertThat(KafkaFault.of(broken)).isEqualTo(KafkaFault.BROKEN);
    assertThat(KafkaFault.of(new KafkaException("x", broken))).isEqualTo(KafkaFault.BROKEN);
    assertThat(KafkaFault.values())
        .filteredOn(fault -> !fault.isPassing())
        .containsExactly(KafkaFault.REPLACED, KafkaFault.BROKEN);
  }
}
