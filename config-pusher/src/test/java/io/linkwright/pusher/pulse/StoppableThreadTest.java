package io.linkwright.pusher.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.http.Liveness;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StoppableThreadTest {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  @Test
  void isAliveWhileItLooksWhetherItIsToStop() {
    Pulse pulse = Pulse.start("test", Duration.ofMillis(1), () -> {});

    assertThat(pulse.liveness()).isEqualTo(Liveness.alive());
    pulse.close();
  }

  @Test
  void isDeadWhenItHasNotLookedForTooLong() {
    CountDownLatch never = new CountDownLatch(1);
    StoppableThread thread =
        new StoppableThread("test", Duration.ofMillis(1), () -> awaitUninterrupted(never));
    thread.start();

    long later = System.nanoTime() + StoppableThread.STALLED_AFTER.toNanos();
    assertThat(thread.liveness(System.nanoTime())).isEqualTo(Liveness.alive());
    assertThat(thread.liveness(later)).isInstanceOf(Liveness.Dead.class);
    never.countDown();
    thread.close();
  }

  @Test
  void isDeadAfterAnError() throws Exception {
    Pulse pulse =
        Pulse.start(
            "test",
            Duration.ofMillis(1),
            () -> {
              throw new OutOfMemoryError("simulated");
            });

    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    while (!(pulse.liveness() instanceof Liveness.Dead(String reason)
        && reason.contains("simulated"))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(1);
    }
    pulse.close();
  }

  @Test
  void goesOnAfterAnException() throws Exception {
    CountDownLatch beats = new CountDownLatch(3);
    Pulse pulse =
        Pulse.start(
            "test",
            Duration.ofMillis(1),
            () -> {
              beats.countDown();
              throw new IllegalStateException("simulated");
            });

    beats.await();
    assertThat(pulse.liveness()).isEqualTo(Liveness.alive());
    pulse.close();
  }

  @Test
  void isNotDeadWhenItWasAskedToStop() {
    Pulse pulse = Pulse.start("test", Duration.ofMillis(1), () -> {});

    pulse.close();

    assertThat(pulse.liveness()).isEqualTo(Liveness.alive());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
