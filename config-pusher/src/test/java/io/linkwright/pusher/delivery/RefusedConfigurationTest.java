package io.linkwright.pusher.delivery;

import static io.linkwright.pusher.delivery.TestSession.GROUP;
import static io.linkwright.pusher.delivery.TestSession.LIMITS;
import static io.linkwright.pusher.delivery.TestSession.TO_KANSAS;
import static io.linkwright.pusher.delivery.TestSession.TO_SEATTLE;
import static io.linkwright.pusher.delivery.TestSession.closeCode;
import static io.linkwright.pusher.delivery.TestSession.configs;
import static io.linkwright.pusher.delivery.TestSession.onlyConfig;
import static io.linkwright.pusher.delivery.TestSession.reports;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a configuration that is refused, answered wrongly or not at all. */
class RefusedConfigurationTest {
  private final TestSession edge = new TestSession();

  @Test
  void passesOverAnAnswerToAnotherConfiguration() {
    edge.member();
    Config config = onlyConfig(edge.connect(Map.of()));

    List<Effect> effects =
        edge.receive(new EdgeMessage.Ack(config.nonce() + "0", GROUP, config.revision()));

    assertThat(effects).isEmpty();
    assertThat(edge.session().outstanding()).isEqualTo(1);
  }

  @Test
  void closesWhenAnotherRevisionIsAcknowledgedThanWasSent() {
    edge.member();
    Config config = onlyConfig(edge.connect(Map.of()));

    List<Effect> effects = edge.receive(new EdgeMessage.Ack(config.nonce(), GROUP, 99));

    assertThat(closeCode(effects)).contains(4400);
  }

  @Test
  void findsTheLinkThatIsRefusedAndHoldsItBackUntilSomethingNewerComes() {
    edge.member();
    edge.link(TO_KANSAS);
    edge.link(TO_SEATTLE);
    Have have = Have.of(1, Map.of());
    Config both = onlyConfig(edge.connect(Map.of(GROUP, have)));

    Config first = onlyConfig(edge.nack(both));
    Config second = onlyConfig(edge.ack(first));
    List<Effect> afterSecond = edge.nack(second);

    assertThat(first.set()).extracting("link").containsExactly(TO_KANSAS);
    assertThat(second.set()).extracting("link").containsExactly(TO_SEATTLE);
    assertThat(configs(afterSecond)).isEmpty();
    assertThat(reports(afterSecond).getLast().lastError()).contains("no");
    assertThat(reports(afterSecond).getLast().acknowledgedRevision()).isEqualTo(2);
    assertThat(onlyConfig(edge.link(TO_SEATTLE)).set())
        .extracting("link")
        .containsExactly(TO_SEATTLE);
  }

  @Test
  void triesWhatWasRefusedAgainAfterAGrowingWhile() {
    edge.member();
    edge.link(TO_KANSAS);
    Config config = onlyConfig(edge.connect(Map.of(GROUP, Have.of(1, Map.of()))));
    edge.nack(config);

    List<Effect> tooEarly = edge.tick(LIMITS.firstRetry().minusMillis(1));
    Config again = onlyConfig(edge.tick(Duration.ofMillis(1)));
    edge.nack(again);
    List<Effect> tooEarlyAgain = edge.tick(LIMITS.firstRetry());
    Config third = onlyConfig(edge.tick(LIMITS.firstRetry()));
    List<Effect> settled = edge.ack(third);

    assertThat(configs(tooEarly)).isEmpty();
    assertThat(configs(tooEarlyAgain)).isEmpty();
    assertThat(reports(settled).getLast().lastError()).isEmpty();
    assertThat(reports(settled).getLast().acknowledgedRevision()).isEqualTo(2);
  }

  @Test
  void closesAnEdgeThatDoesNotAnswer() {
    edge.member();
    edge.connect(Map.of());

    assertThat(closeCode(edge.tick(LIMITS.ackTimeout().minusMillis(1)))).isEmpty();
    assertThat(closeCode(edge.tick(Duration.ofMillis(1)))).contains(4408);
  }
}
