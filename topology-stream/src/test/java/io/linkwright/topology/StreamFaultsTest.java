package io.linkwright.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Which faults pass, and which stop the stream for good. */
final class StreamFaultsTest {
  private final StreamsException outage =
      new StreamsException("lost", new TimeoutException("no answer"));

  private final AtomicReference<Instant> now = new AtomicReference<>(GroupHistory.START);
  private final StreamFaults faults = new StreamFaults(now::get);

  @Test
  void anOutageCostsAThread() {
    assertThat(faults.handle(outage)).isEqualTo(REPLACE_THREAD);
    assertThat(faults.fatal()).isEmpty();
  }

  @Test
  void anOutageThatDoesNotEndStopsTheStream() {
    for (int count = 0; count < StreamFaults.MAX_REPLACEMENTS; count++) {
      assertThat(faults.handle(outage)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(faults.handle(outage)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(faults.fatal()).hasValue("no answer");
  }

  @Test
  void outagesFarApartDoNotAddUp() {
    for (int count = 0; count < 3 * StreamFaults.MAX_REPLACEMENTS; count++) {
      assertThat(faults.handle(outage)).isEqualTo(REPLACE_THREAD);
      now.set(now.get().plus(StreamFaults.WINDOW));
    }
  }

  @Test
  void aRecordThatCannotBeReadStopsTheStream() {
    assertThat(faults.handle(new StreamsException("bad", new SerializationException("not Avro"))))
        .isEqualTo(SHUTDOWN_CLIENT);
    assertThat(faults.fatal()).hasValue("not Avro");
  }

  @Test
  void aFaultOfOursStopsTheStreamAndTheFirstReasonStays() {
    faults.handle(new StreamsException("x", new IllegalStateException("impossible event")));
    faults.handle(new IllegalStateException());
    assertThat(faults.fatal()).hasValue("impossible event");
  }
}
