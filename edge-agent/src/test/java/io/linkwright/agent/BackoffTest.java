package io.linkwright.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  @Test
  void waitsAnythingUpToALimitThatDoublesToTheCap() {
    Random random = new Random(1);
    long[] limitsMs = {500, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};

    for (int failures = 0; failures < limitsMs.length; failures++) {
      int row = failures;
      long longest =
          IntStream.range(0, 2_000)
              .mapToLong(_ -> BACKOFF.delay(row, random).toMillis())
              .max()
              .orElseThrow();
      assertThat(longest).isBetween(limitsMs[row] * 9 / 10, limitsMs[row]);
    }
    assertThat(BACKOFF.delay(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(BACKOFF.cap());
  }

  @Test
  void theLimitsAreInOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
