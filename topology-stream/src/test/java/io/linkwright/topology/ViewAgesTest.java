package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.http.Readiness;
import io.linkwright.http.Readiness.NotReady;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of how old the view is. */
final class ViewAgesTest {
  private long now = -5;
  private final ViewAges ages = new ViewAges(now);

  @Test
  void beforeTheStreamHasSaidWhereItIsNothingIsReady() {
    assertThat(reason()).isEqualTo("the stream has not said yet how far the view is");
    ages.reached(Map.of(), now);
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
    ages.unknown();
    assertThat(reason()).isEqualTo("the stream has not said yet how far the view is");
  }

  @Test
  void aPartitionThatWasNeverComparedIsNotReady() {
    at(0, 10);
    assertThat(reason()).isEqualTo("partition 0 of the view was not compared yet");
    end(0, 50);
    assertThat(reason()).isEqualTo("partition 0 of the view is at offset 10 of 50");
    at(0, 50);
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
  }

  @Test
  void theMarkOfATransactionAtTheEndIsNotWaitedFor() {
    at(0, 49);
    end(0, 50);
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
  }

  @Test
  void theViewIsAsOldAsTheQuestionWhoseAnswerItHasReached() {
    at(0, 10);
    long asked = now;
    pass(Duration.ofSeconds(2));
    ages.answered(Map.of(0, 10L), asked, now);
    assertThat(ages.age(0, now)).hasValue(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(3));
    assertThat(ages.age(0, now)).hasValue(Duration.ofSeconds(5));
    assertThat(ages.age(1, now)).isEmpty();
  }

  @Test
  void withoutAnAnswerItIsNotReadyAfterAWhile() {
    at(0, 10);
    end(0, 10);
    pass(ViewAges.MAX_UNCERTAIN);
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
    pass(Duration.ofSeconds(1));
    assertThat(reason()).isEqualTo("no broker has said for 16 s how far the log goes");
    end(0, 10);
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
  }

  @Test
  void aStreamThatStandsStillBehindTheEndIsNotReady() {
    at(0, 10);
    end(0, 10);
    for (int second = 0; second <= 20; second++) {
      end(0, 1_000 + second);
      pass(Duration.ofSeconds(1));
    }
    assertThat(reason())
        .isEqualTo("partition 0 of the view has stood at offset 10 of 1000 for 21 s");
  }

  @Test
  void aStreamThatIsBehindAndGetsOnIsReady() {
    at(0, 10);
    end(0, 10);
    for (int second = 0; second <= 60; second++) {
      end(0, 1_000_000);
      at(0, 11 + second);
      pass(Duration.ofSeconds(1));
    }
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
    assertThat(ages.age(0, now)).hasValue(Duration.ofSeconds(61));
  }

  @Test
  void aBusyLogIsNotAheadForEver() {
    at(0, 10);
    end(0, 10);
    for (int second = 0; second <= 60; second++) {
      end(0, 100L * second + 100);
      pass(Duration.ofSeconds(1));
      at(0, 100L * second + 50);
    }
    assertThat(ages.age(0, now).orElseThrow()).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aPartitionThatHasGoneIsNoConcern() {
    at(0, 10);
    ages.reached(Map.of(), now);
    assertThat(ages.readiness(now)).isEqualTo(Readiness.ready());
  }

  private void at(int partition, long offset) {
    ages.reached(Map.of(partition, offset), now);
  }

  private void end(int partition, long offset) {
    ages.answered(Map.of(partition, offset), now, now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private String reason() {
    assertThat(ages.readiness(now)).isInstanceOf(NotReady.class);
    return ((NotReady) ages.readiness(now)).reason();
  }
}
