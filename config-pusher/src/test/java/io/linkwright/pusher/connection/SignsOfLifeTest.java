package io.linkwright.pusher.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.pusher.connection.SignsOfLife.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {
  private final SignsOfLife signs = new SignsOfLife(0);

  @Test
  void pingsAtAFixedInterval() {
    assertThat(after(24)).isEqualTo(Verdict.NOTHING);
    assertThat(after(25)).isEqualTo(Verdict.PING);
    assertThat(after(26)).isEqualTo(Verdict.NOTHING);
  }

  @Test
  void keepsAnEdgeThatAnswers() {
    for (int second = 1; second < 600; second++) {
      if (after(second) == Verdict.PING) {
        signs.heard(nanos(second));
      }
      assertThat(after(second)).isNotEqualTo(Verdict.GIVE_UP);
    }
  }

  @Test
  void givesUpAnEdgeThatIsSilent() {
    after(25);

    assertThat(after(39)).isEqualTo(Verdict.NOTHING);
    assertThat(after(40)).isEqualTo(Verdict.GIVE_UP);
  }

  @Test
  void dropsAConnectionWhoseOtherSideDoesNotClose() {
    signs.closing(nanos(10));

    assertThat(after(14)).isEqualTo(Verdict.NOTHING);
    assertThat(after(15)).isEqualTo(Verdict.ABORT);
  }

  private Verdict after(int seconds) {
    return signs.tick(nanos(seconds));
  }

  private static long nanos(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
