package io.linkwright.pusher.delivery;

import static io.linkwright.pusher.delivery.TestSession.GROUP;
import static io.linkwright.pusher.delivery.TestSession.KEYS;
import static io.linkwright.pusher.delivery.TestSession.LIMITS;
import static io.linkwright.pusher.delivery.TestSession.STRANGER;
import static io.linkwright.pusher.delivery.TestSession.TO_KANSAS;
import static io.linkwright.pusher.delivery.TestSession.closeCode;
import static io.linkwright.pusher.delivery.TestSession.configs;
import static io.linkwright.pusher.delivery.TestSession.onlyConfig;
import static io.linkwright.pusher.delivery.TestSession.reports;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a session serves, and whom it sends away. */
class SessionAdmissionTest {
  private final TestSession edge = new TestSession();

  @Test
  void closesAnEdgeThatSaysNoHello() {
    assertThat(closeCode(edge.tick(LIMITS.helloTimeout()))).contains(4408);
  }

  @Test
  void tellsAStrangerTheSameWhetherTheEdgeExistsOrNot() {
    EdgeMessage hello = edge.hello(STRANGER, Map.of());
    List<Effect> unknown = edge.receive(hello);
    edge.member();
    EdgeSession known = edge.newSession();

    assertThat(known.received(hello, edge.now())).isEqualTo(unknown);
    assertThat(unknown).containsExactly(new Effect.Close(CloseReason.UNAUTHORIZED));
  }

  @Test
  void refusesAnythingBeforeTheHello() {
    assertThat(closeCode(edge.receive(new EdgeMessage.Ack("1", GROUP, 1)))).contains(4400);
  }

  @Test
  void servesNoGroupOfAnotherDeviceOfTheSameName() {
    GroupId other = new GroupId("geant");
    edge.member();
    edge.memberOf(other, STRANGER);
    edge.storeLink(other, TO_KANSAS);

    Config config = onlyConfig(edge.connect(Map.of()));

    assertThat(config.group()).isEqualTo(GROUP);
  }

  @Test
  void tellsAnEdgeToDropAGroupItLeftWhileItWasAway() {
    GroupId left = new GroupId("geant");
    edge.member();
    edge.connect(Map.of(GROUP, Have.of(1, Map.of()), left, Have.of(9, Map.of(TO_KANSAS, 9L))));

    // It knows more than the store of a group the store has never heard of: that may be news.
    Config config = onlyConfig(edge.caughtUp());

    assertThat(config.group()).isEqualTo(left);
    assertThat(config.isGroupGone()).isTrue();
    assertThat(config.revision()).isEqualTo(9);
  }

  @Test
  void endsAConnectionWhoseLastMembershipIsGone() {
    edge.member();
    Config config = onlyConfig(edge.connect(Map.of()));
    edge.ack(config);

    Config gone = onlyConfig(edge.removeMember());
    List<Effect> afterwards = edge.ack(gone);

    assertThat(gone.isGroupGone()).isTrue();
    assertThat(closeCode(afterwards)).contains(4403);
    assertThat(reports(afterwards)).extracting(GroupReport::connected).containsOnly(false);
  }

  /** A lost device whose keys were revoked need not play along. */
  @Test
  void cutsOffAnEdgeThatDoesNotAnswerItsLastConfiguration() {
    edge.member();
    edge.ack(onlyConfig(edge.connect(Map.of())));

    Config gone = onlyConfig(edge.removeMember());
    List<Effect> soon = edge.tick(Duration.ofSeconds(1));
    List<Effect> later = edge.tick(Duration.ofSeconds(1));

    assertThat(gone.isGroupGone()).isTrue();
    assertThat(closeCode(soon)).isEmpty();
    assertThat(closeCode(later)).contains(4403);
  }

  @Test
  void keepsAnEdgeThatIsAMemberOfAnotherGroup() {
    GroupId other = new GroupId("geant");
    edge.member();
    edge.memberOf(other, KEYS);
    configs(edge.connect(Map.of())).forEach(edge::ack);

    edge.ack(onlyConfig(edge.removeMember()));

    assertThat(closeCode(edge.tick(Duration.ofSeconds(3)))).isEmpty();
  }
}
