package io.linkwright.topology.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A reader sees all of a change or nothing of it. */
final class ViewClockTest {
  private static final int READS = 20_000;

  private final ViewClock clock = new ViewClock();

  /** Two values that a change moves together. */
  private final AtomicLong one = new AtomicLong();

  private final AtomicLong other = new AtomicLong();

  @Test
  void valuesThatChangeTogetherAreReadTogether() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean read = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              while (!read.get()) {
                clock.change(0, () -> one.incrementAndGet() - other.incrementAndGet());
                begun.countDown();
              }
            });
    begun.await();
    try {
      for (int count = 0; count < READS; count++) {
        assertThat(clock.<Long>read(0, () -> one.get() - other.get())).isZero();
      }
    } finally {
      read.set(true);
    }
    writer.join();
    assertThat(one).hasValue(other.get());
  }

  @Test
  void aFaultInTheMidstOfAChangeIsReadAgain() {
    AtomicInteger attempts = new AtomicInteger();
    int answer =
        clock.read(
            0,
            () -> {
              if (attempts.incrementAndGet() == 1) {
                CompletableFuture.runAsync(() -> clock.change(0, one::incrementAndGet)).join();
                throw new IllegalStateException("records that do not fit together");
              }
              return attempts.get();
            });
    assertThat(answer).isEqualTo(2);
  }

  @Test
  void aFaultWithoutAChangeIsAFault() {
    assertThatThrownBy(
            () ->
                clock.read(
                    0,
                    () -> {
                      throw new IllegalStateException("damaged");
                    }))
        .hasMessage("damaged");
  }

  @Test
  void aReaderThatNeverGetsThroughMakesTheWriterWait() {
    AtomicInteger attempts = new AtomicInteger();
    int answer =
        clock.read(
            0,
            () -> {
              if (attempts.incrementAndGet() <= ViewClock.OPTIMISTIC_READS) {
                CompletableFuture.runAsync(() -> clock.change(0, one::incrementAndGet)).join();
              }
              return attempts.get();
            });
    assertThat(answer).isEqualTo(ViewClock.OPTIMISTIC_READS + 1);
  }
}
