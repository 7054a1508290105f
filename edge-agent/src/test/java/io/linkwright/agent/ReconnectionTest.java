package io.linkwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.Reconnection.Life;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The longest waits: every random choice is the greatest. */
final class ReconnectionTest {
  private static final RandomGenerator GREATEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final Reconnection reconnection =
      new Reconnection(new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)));

  @Test
  void aLossAfterAStableConnectionIsTheFirstOfANewRow() {
    assertThat(longest(Ending.LOST, Life.SHORT, 8)).isEqualTo(Duration.ofSeconds(30));
    assertThat(wait(Ending.LOST, Life.STABLE)).isEqualTo(Duration.ofMillis(500));
    assertThat(wait(Ending.LOST, Life.SHORT)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aServerThatSendsElsewhereIsLeftSoonHoweverOftenItSaysSo() {
    assertThat(longest(Ending.ofClose(1013), Life.SHORT, 20)).isEqualTo(Duration.ofSeconds(5));
    assertThat(wait(Ending.ofClose(1013), Life.STABLE)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void whatTheServerRefusesIsTriedLessAndLessOftenAlsoIfItLetsTheEdgeInFirst() {
    for (int code : new int[] {4400, 4401, 4403}) {
      assertThat(longest(Ending.ofClose(code), Life.STABLE, 8)).isEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void twoDevicesWithOneEdgesKeysDoNotReplaceEachOtherInATightLoop() {
    assertThat(wait(Ending.ofClose(4409), Life.SHORT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(wait(Ending.ofClose(4409), Life.STABLE)).isEqualTo(Duration.ofSeconds(60));
    assertThat(longest(Ending.ofClose(4409), Life.STABLE, 8)).isEqualTo(Duration.ofMinutes(10));
    assertThat(wait(Ending.LOST, Life.STABLE)).isEqualTo(Duration.ofMillis(500));
    assertThat(wait(Ending.ofClose(4409), Life.SHORT)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aServerThatStopsOrTimesTheEdgeOutIsAnOrdinaryLoss() {
    for (int code : new int[] {1000, 1001, 1006, 1011, 4408, 4999}) {
      assertThat(Ending.ofClose(code)).isEqualTo(Ending.LOST);
    }
  }

  private Duration wait(Ending ending, Life life) {
    return reconnection.delay(ending, life, GREATEST);
  }

  private Duration longest(Ending ending, Life life, int times) {
    Duration last = Duration.ZERO;
    for (int i = 0; i < times; i++) {
      last = wait(ending, life);
    }
    return last;
  }
}
