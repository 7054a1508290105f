package io.linkwright.command.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A device that asks in a loop, and one that only starts. */
final class RenewalBudgetTest {
  private static final GroupId GROUP = new GroupId("red");
  private static final EdgeId DEVICE = new EdgeId("a");
  private static final int BURST = RenewalBudget.BURST_BASE + RenewalBudget.BURST_PER_LINK;

  private final RenewalBudget budget = new RenewalBudget();
  private Instant now = Instant.ofEpochSecond(1_700_000_000);

  @Test
  void aLoopOfRenewalsEndsAtTheBurstAndGoesOnNoFasterThanItRefills() {
    int taken = 0;
    for (int i = 0; i < 24 * 3_600; i++) {
      taken += takes(DEVICE) ? 1 : 0;
      now = now.plusSeconds(1);
    }

    assertThat(taken).isBetween(BURST, BURST * 25);
    assertThat(takes(new EdgeId("b"))).isTrue();
  }

  @Test
  void aHubMayStartFourTimesInARowWithAllItsLinks() {
    int links = 20_000;
    for (int start = 0; start < RenewalBudget.BURST_PER_LINK; start++) {
      for (int asked = 0; asked < links; asked += 250) {
        assertThat(budget.take(GROUP, DEVICE, links, 250, now)).isTrue();
      }
    }
    assertThat(budget.take(GROUP, DEVICE, links, 250, now)).isFalse();
  }

  @Test
  void aBucketIsFullAgainAfterAnHourAndAClockSetBackFillsNothing() {
    while (takes(DEVICE)) {
      now = now.minusMillis(1);
    }
    now = now.minus(Duration.ofDays(1));
    assertThat(takes(DEVICE)).isFalse();

    now = now.plus(RenewalBudget.REFILL);

    assertThat(budget.take(GROUP, DEVICE, 1, BURST, now)).isTrue();
  }

  private boolean takes(EdgeId device) {
    return budget.take(GROUP, device, 1, 1, now);
  }
}
