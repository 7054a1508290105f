package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness.NotReady;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that ends is made anew, whatever ended it; no broker is needed to see it. */
@Tag("broker")
final class SupervisedStreamTest {
  private static final Duration END = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final StreamFaults faults = new StreamFaults();
  private SupervisedStream stream;

  @AfterEach
  void stop() {
    stream.close();
  }

  private void start() {
    stream =
        new SupervisedStream(
            this::make,
            faults,
            new StateFiles(directory),
            new RestoreProgress(),
            () -> {},
            System::nanoTime);
    stream.start();
  }

  private KafkaStreams make() {
    if (made.getAndIncrement() > 0 && failures.getAndDecrement() > 0) {
      throw new IllegalStateException("the directory is another's");
    }
    TopologyConfig config = TopologyConfig.single("localhost:1", directory);
    LiveView live =
        LiveView.of(3, (_, _) -> List.of(), new SimpleMeterRegistry(), InstantSource.system());
    return new KafkaStreams(
        TopologyStream.build(Cluster.WIRE, live),
        StreamSettings.of(config, new LogDurability(1, 1)));
  }

  @Test
  void aStreamThatHasEndedIsMadeAnewAlsoIfThatFailsAtFirst() {
    start();
    KafkaStreams first = stream.current();
    failures.set(1);

    assertThat(first.close(END)).isTrue();

    Cluster.await(() -> !stream.current().equals(first) && made.get() == 3);
    assertThat(stream.liveness()).isEqualTo(Liveness.alive());
    assertThat(faults.last()).hasValue("the directory is another's");
    assertThat(stream.readiness()).isInstanceOf(NotReady.class);
  }

  @Test
  void whatCannotHealIsDeadAndIsNotMadeAnew() throws InterruptedException {
    start();
    faults.handle(new FencedInstanceIdException("another process runs as single"));

    assertThat(stream.current().close(END)).isTrue();

    assertThat(stream.liveness())
        .isEqualTo(Liveness.dead("the stream has stopped: another process runs as single"));
    Thread.sleep(SupervisedStream.FIRST_BACK_OFF.multipliedBy(2));
    assertThat(made).hasValue(1);
  }
}
