package io.linkwright.command.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.EventLog;
import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.PartitionLog;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.key.KeySeed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The writer's thread under failures that nobody foresaw. */
final class PartitionWriterTest {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final InMemoryEventLog log = InMemoryEventLog.reliable(1);
  private final AtomicInteger claims = new AtomicInteger();

  private PartitionWriter writer(IntFunction<PartitionLog> claim) {
    WriterMetrics metrics = new WriterMetrics(new SimpleMeterRegistry());
    EventLog failing =
        new EventLog() {
          @Override
          public int partitions() {
            return 1;
          }

          @Override
          public PartitionLog claim(int partition) {
            return claim.apply(claims.incrementAndGet());
          }
        };
    return PartitionWriter.start(
        0,
        new WriterProtocol(0, failing, new PlainConfiguration(), WriterLimits.DEFAULT, metrics),
        WriterLimits.DEFAULT,
        new ScheduledRekeys(
            InstantSource.system(),
            () -> "auto:1",
            () -> new KeySeed(new byte[KeySeed.LENGTH_BYTES]),
            metrics));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void anErrorOfTheMachineEndsTheWriterAndSaysSo() throws Exception {
    try (PartitionWriter writer =
        writer(
            _ -> {
              throw new OutOfMemoryError("simulated");
            })) {
      await(() -> writer.fatal().isPresent());

      assertThat(writer.fatal().orElseThrow()).contains("partition 0", "simulated");
      assertThat(writer.isOwning()).isFalse();
      Submission late =
          GroupCommands.execute("k", new GroupCommand.CreateGroup(GroupCommands.settings()));
      writer.submit(late);
      assertThat(late.answer().get(60, TimeUnit.SECONDS))
          .isInstanceOf(CommandAnswer.NotReady.class);
    }
  }

  @Test
  void aBugEndsTheClaimAndNotTheWriter() throws Exception {
    try (PartitionWriter writer =
        writer(
            claim -> {
              if (claim == 1) {
                throw new IllegalStateException("simulated bug");
              }
              return log.claim(0);
            })) {
      await(writer::isOwning);

      assertThat(writer.fatal()).isEmpty();
      assertThat(writer.obstacle()).isEmpty();
    }
  }

  @Test
  void aLogThatLostItsBeginningIsNotClaimedAndThatIsSaid() throws Exception {
    log.truncate(0);
    try (PartitionWriter writer = writer(_ -> log.claim(0))) {
      await(() -> writer.obstacle().isPresent());

      assertThat(writer.obstacle().orElseThrow()).contains("begins at offset 1");
      assertThat(writer.isOwning()).isFalse();
      Submission refused =
          GroupCommands.execute("k", new GroupCommand.CreateGroup(GroupCommands.settings()));
      writer.submit(refused);
      assertThat(refused.answer().get(60, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              CommandAnswer.NotReady.class,
              notReady -> assertThat(notReady.reason()).contains("begins at offset 1"));
      await(() -> claims.get() > 1);
    }
  }
}
