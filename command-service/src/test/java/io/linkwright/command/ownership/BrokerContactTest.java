package io.linkwright.command.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BrokerContactTest {
  private final BrokerContact contact = new BrokerContact(0);

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aClusterThatDoesNotAnswerIsToldAfterAWhileAndForgottenWithAnAnswer() {
    contact.failed("TimeoutException");
    contact.failed("TimeoutException");

    assertThat(contact.complaint(seconds(14))).isEmpty();
    assertThat(contact.complaint(seconds(15)))
        .hasValue("no broker has answered for 15 s: TimeoutException");
    contact.answered(seconds(16));
    assertThat(contact.complaint(seconds(40))).isEmpty();
  }

  @Test
  void aMachineThatHasNoTimeToAskIsNoSign() {
    assertThat(contact.complaint(seconds(600))).isEmpty();
    contact.failed("TimeoutException");
    assertThat(contact.complaint(seconds(601))).isEmpty();
  }
}
