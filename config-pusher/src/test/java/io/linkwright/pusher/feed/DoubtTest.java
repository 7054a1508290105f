package io.linkwright.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoubtTest {
  private final Doubt doubt = new Doubt(0);

  @Test
  void isOverWhenNothingWasLearnedForTooLong() {
    for (int second = 1; second < Doubt.LIMIT.toSeconds(); second++) {
      doubt.look(nanos(second));
      assertThat(doubt.isOver()).isFalse();
    }

    doubt.look(nanos(Doubt.LIMIT.toSeconds()));

    assertThat(doubt.isOver()).isTrue();
  }

  @Test
  void endsWithAProof() {
    for (int second = 1; second < 100; second++) {
      doubt.look(nanos(second));
    }

    doubt.proved(nanos(100));

    assertThat(doubt.isOver()).isFalse();
  }

  @Test
  void doesNotCountTimeInWhichTheThreadDidNotRun() {
    doubt.look(nanos(3_600));
    doubt.look(nanos(7_200));

    assertThat(doubt.isOver()).isFalse();
  }

  @Test
  void countsAllOfARequestThatFailed() {
    doubt.failed(nanos(Doubt.LIMIT.toSeconds()));

    assertThat(doubt.isOver()).isTrue();
  }

  private static long nanos(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
