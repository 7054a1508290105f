package io.linkwright.pusher.delivery;

import static io.linkwright.pusher.delivery.TestSession.GROUP;
import static io.linkwright.pusher.delivery.TestSession.KEYS;
import static io.linkwright.pusher.delivery.TestSession.LIMITS;
import static io.linkwright.pusher.delivery.TestSession.TO_KANSAS;
import static io.linkwright.pusher.delivery.TestSession.TO_SEATTLE;
import static io.linkwright.pusher.delivery.TestSession.TO_SUNNYVALE;
import static io.linkwright.pusher.delivery.TestSession.configs;
import static io.linkwright.pusher.delivery.TestSession.onlyConfig;
import static io.linkwright.pusher.delivery.TestSession.reports;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each rule of what a session sends by itself; what they do together is simulated. */
class EdgeSessionTest {
  private final TestSession edge = new TestSession();

  @Test
  void sendsAnEdgeThatHasNothingAllItShouldHaveAsOneCompleteConfiguration() {
    edge.member();
    edge.link(TO_KANSAS);
    edge.link(TO_SEATTLE);

    Config config = onlyConfig(edge.connect(Map.of()));

    assertThat(config.complete()).isTrue();
    assertThat(config.membership()).isPresent();
    assertThat(config.revision()).isEqualTo(3);
    assertThat(config.set()).extracting("link").containsExactly(TO_KANSAS, TO_SEATTLE);
  }

  @Test
  void tellsAMemberWithoutLinksSo() {
    edge.member();

    Config config = onlyConfig(edge.connect(Map.of()));

    assertThat(config.complete()).isTrue();
    assertThat(config.isGroupGone()).isFalse();
    assertThat(config.set()).isEmpty();
  }

  @Test
  void saysNothingToAnEdgeThatHasEverything() {
    edge.member();
    edge.link(TO_KANSAS);

    List<Effect> effects = edge.connect(Map.of(GROUP, Have.of(2, Map.of(TO_KANSAS, 2L))));

    assertThat(configs(effects)).isEmpty();
    assertThat(reports(effects)).extracting(GroupReport::acknowledgedRevision).containsExactly(2L);
  }

  @Test
  void sendsOnlyWhatDiffers() {
    edge.member();
    edge.link(TO_KANSAS);
    edge.link(TO_SEATTLE);
    edge.link(TO_SEATTLE);
    Have have = Have.of(3, Map.of(TO_KANSAS, 2L, TO_SEATTLE, 3L, TO_SUNNYVALE, 1L));

    Config config = onlyConfig(edge.connect(Map.of(GROUP, have)));

    assertThat(config.complete()).isFalse();
    assertThat(config.membership()).isEmpty();
    assertThat(config.revision()).isEqualTo(4);
    assertThat(config.set()).extracting("link").containsExactly(TO_SEATTLE);
    assertThat(config.remove()).containsExactly(TO_SUNNYVALE);
  }

  @Test
  void bringsAnEdgeToTheRevisionOfALinkThatCameAndWentWhileItWasAway() {
    edge.member();
    edge.link(TO_KANSAS);
    edge.unlink(TO_KANSAS);

    Config config = onlyConfig(edge.connect(Map.of(GROUP, Have.of(1, Map.of()))));

    assertThat(config.revision()).isEqualTo(3);
    assertThat(config.set()).isEmpty();
    assertThat(config.remove()).isEmpty();
    assertThat(config.complete()).isFalse();
  }

  @Test
  void mergesChangesWhileAConfigurationIsOut() {
    edge.member();
    Config first = onlyConfig(edge.connect(Map.of()));
    List<Effect> meanwhile = new ArrayList<>();
    meanwhile.addAll(edge.link(TO_KANSAS));
    meanwhile.addAll(edge.link(TO_SEATTLE));
    meanwhile.addAll(edge.unlink(TO_KANSAS));

    Config second = onlyConfig(edge.ack(first));

    assertThat(configs(meanwhile)).isEmpty();
    assertThat(second.set()).extracting("link").containsExactly(TO_SEATTLE);
    assertThat(second.remove()).containsExactly(TO_KANSAS);
    assertThat(second.revision()).isEqualTo(4);
  }

  @Test
  void leavesAnEdgeThatIsAheadAloneUntilTheStoreHasCaughtUp() {
    edge.member();
    edge.link(TO_KANSAS);
    Have ahead = Have.of(3, Map.of(TO_KANSAS, 2L, TO_SEATTLE, 3L));

    List<Effect> early = edge.connect(Map.of(GROUP, ahead));
    edge.storeLink(GROUP, TO_SEATTLE);
    List<Effect> later = edge.caughtUp();

    assertThat(early).contains(new Effect.AwaitCatchUp());
    assertThat(configs(early)).isEmpty();
    assertThat(configs(later)).isEmpty();
  }

  @Test
  void reportsTunnelsAndRepeatsTheReportWhileNothingHappens() {
    edge.member();
    edge.storeLink(GROUP, TO_KANSAS);
    edge.ack(onlyConfig(edge.connect(Map.of())));
    TunnelStatus tunnel = new TunnelStatus(TO_KANSAS, 0, TunnelState.UP);

    List<Effect> reported = edge.receive(new EdgeMessage.Status(GROUP, List.of(tunnel)));
    List<Effect> repeated = edge.tick(LIMITS.refreshInterval());
    List<Effect> last = edge.session().disconnected();

    assertThat(reports(reported).getLast().tunnels()).containsExactly(tunnel);
    assertThat(reports(repeated)).isEqualTo(reports(reported));
    assertThat(reports(last)).extracting(GroupReport::connected).containsExactly(false);
  }

  @Test
  void dropsWhatAnEdgeSaysOfLinksThatItDoesNotHave() {
    edge.member();
    edge.storeLink(GROUP, TO_KANSAS);
    Have invented =
        new Have(1, new TreeMap<>(Map.of(TO_SEATTLE, 1L)), new TreeMap<>(Map.of(TO_SEATTLE, 1L)));
    List<Effect> begun = edge.connect(Map.of(GROUP, invented));

    List<Effect> reported =
        edge.receive(
            new EdgeMessage.Status(
                GROUP,
                List.of(
                    new TunnelStatus(TO_KANSAS, 0, TunnelState.UP),
                    new TunnelStatus(TO_SEATTLE, 0, TunnelState.UP),
                    new TunnelStatus(LinkId.parse("x~y"), 0, TunnelState.UP)),
                List.of(new KeyChange(TO_SEATTLE, 3, 2))));

    assertThat(reports(begun)).isNotEmpty();
    assertThat(reports(begun).getFirst().opens()).isTrue();
    assertThat(reports(begun))
        .flatExtracting(GroupReport::keyChanges)
        .extracting(KeyChange::link)
        .doesNotContain(TO_SEATTLE);
    GroupReport last = reports(reported).getLast();
    assertThat(last.opens()).isFalse();
    assertThat(last.tunnels()).extracting(TunnelStatus::link).containsExactly(TO_KANSAS);
    assertThat(last.keyChanges()).extracting(KeyChange::link).doesNotContain(TO_SEATTLE);
  }

  @Test
  void aHugeNumberOnARemovalOfAStrangerMutesNoEdge() {
    edge.member();
    edge.storeLink(GROUP, TO_KANSAS);
    edge.strangersRemoval(TO_SEATTLE);
    edge.ack(onlyConfig(edge.connect(Map.of())));

    Config changed = onlyConfig(edge.link(TO_KANSAS));
    edge.ack(changed);
    Config added = onlyConfig(edge.link(TO_SEATTLE));

    assertThat(changed.set()).extracting("link").containsExactly(TO_KANSAS);
    assertThat(added.set()).extracting("link").containsExactly(TO_SEATTLE);
  }

  @Test
  void whatKeepsAnAcceptedLinkFromWorkingIsTheLastErrorUntilItIsOver() {
    edge.member();
    edge.ack(onlyConfig(edge.connect(Map.of())));
    LinkProblem problem = new LinkProblem(TO_KANSAS, "endpoint x does not resolve");

    List<Effect> reported =
        edge.receive(new EdgeMessage.Status(GROUP, List.of(), List.of(), List.of(problem)));
    List<Effect> over = edge.receive(new EdgeMessage.Status(GROUP, List.of()));

    assertThat(reports(reported).getLast().lastError())
        .contains("link %s: endpoint x does not resolve".formatted(TO_KANSAS));
    assertThat(reports(over).getLast().lastError()).isEmpty();
  }

  @Test
  void boundsWhatIsOutOverAllGroups() {
    List<GroupId> groups = new ArrayList<>();
    for (int i = 0; i < LIMITS.maxOutstanding() + 3; i++) {
      GroupId group = new GroupId("g" + i);
      groups.add(group);
      edge.memberOf(group, KEYS);
    }

    List<Config> sent = new ArrayList<>(configs(edge.connect(Map.of())));
    int atOnce = sent.size();
    for (int i = 0; i < sent.size(); i++) {
      sent.addAll(configs(edge.ack(sent.get(i))));
    }

    assertThat(atOnce).isEqualTo(LIMITS.maxOutstanding());
    assertThat(sent).extracting(Config::group).containsExactlyInAnyOrderElementsOf(groups);
  }
}
