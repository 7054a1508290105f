package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.LinkProblem;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each rule of the session by itself; what they do together is simulated. */
class EdgeSessionTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final EdgeKeys STRANGER = EdgeKeys.generate();
  private static final String CHALLENGE = "a-challenge-nobody-can-guess";
  private static final EdgeId EDGE = new EdgeId("denver");
  private static final GroupId GROUP = new GroupId("abilene");
  private static final LinkId TO_KANSAS = LinkId.parse("denver~kansas-city");
  private static final LinkId TO_SEATTLE = LinkId.parse("denver~seattle");
  private static final LinkId TO_SUNNYVALE = LinkId.parse("denver~sunnyvale");
  private static final DeliveryLimits LIMITS = DeliveryLimits.DEFAULT;

  private final SimulatedLog log = new SimulatedLog();
  private final SimulatedStore store = new SimulatedStore();
  private final SimulatedPeers peers = new SimulatedPeers();
  private final EdgeSession session =
      new EdgeSession(EDGE, CHALLENGE, new Sources(store, peers), LIMITS, 0);
  private long now = 1;

  @Test
  void sendsAnEdgeThatHasNothingAllItShouldHaveAsOneCompleteConfiguration() {
    member();
    link(TO_KANSAS);
    link(TO_SEATTLE);

    Config config = onlyConfig(connect(Map.of()));

    assertThat(config.complete()).isTrue();
    assertThat(config.membership()).isPresent();
    assertThat(config.revision()).isEqualTo(3);
    assertThat(config.set()).extracting("link").containsExactly(TO_KANSAS, TO_SEATTLE);
  }

  @Test
  void tellsAMemberWithoutLinksSo() {
    member();

    Config config = onlyConfig(connect(Map.of()));

    assertThat(config.complete()).isTrue();
    assertThat(config.isGroupGone()).isFalse();
    assertThat(config.set()).isEmpty();
  }

  @Test
  void saysNothingToAnEdgeThatHasEverything() {
    member();
    link(TO_KANSAS);

    List<Effect> effects = connect(Map.of(GROUP, Have.of(2, Map.of(TO_KANSAS, 2L))));

    assertThat(configs(effects)).isEmpty();
    assertThat(reports(effects)).extracting(GroupReport::acknowledgedRevision).containsExactly(2L);
  }

  @Test
  void sendsOnlyWhatDiffers() {
    member();
    link(TO_KANSAS);
    link(TO_SEATTLE);
    link(TO_SEATTLE);
    Have have = Have.of(3, Map.of(TO_KANSAS, 2L, TO_SEATTLE, 3L, TO_SUNNYVALE, 1L));

    Config config = onlyConfig(connect(Map.of(GROUP, have)));

    assertThat(config.complete()).isFalse();
    assertThat(config.membership()).isEmpty();
    assertThat(config.revision()).isEqualTo(4);
    assertThat(config.set()).extracting("link").containsExactly(TO_SEATTLE);
    assertThat(config.remove()).containsExactly(TO_SUNNYVALE);
  }

  @Test
  void bringsAnEdgeToTheRevisionOfALinkThatCameAndWentWhileItWasAway() {
    member();
    link(TO_KANSAS);
    unlink(TO_KANSAS);

    Config config = onlyConfig(connect(Map.of(GROUP, Have.of(1, Map.of()))));

    assertThat(config.revision()).isEqualTo(3);
    assertThat(config.set()).isEmpty();
    assertThat(config.remove()).isEmpty();
    assertThat(config.complete()).isFalse();
  }

  @Test
  void mergesChangesWhileAConfigurationIsOut() {
    member();
    Config first = onlyConfig(connect(Map.of()));
    List<Effect> meanwhile = new ArrayList<>();
    meanwhile.addAll(link(TO_KANSAS));
    meanwhile.addAll(link(TO_SEATTLE));
    meanwhile.addAll(unlink(TO_KANSAS));

    Config second = onlyConfig(ack(first));

    assertThat(configs(meanwhile)).isEmpty();
    assertThat(second.set()).extracting("link").containsExactly(TO_SEATTLE);
    assertThat(second.remove()).containsExactly(TO_KANSAS);
    assertThat(second.revision()).isEqualTo(4);
  }

  @Test
  void passesOverAnAnswerToAnotherConfiguration() {
    member();
    Config config = onlyConfig(connect(Map.of()));

    List<Effect> effects =
        receive(new EdgeMessage.Ack(config.nonce() + "0", GROUP, config.revision()));

    assertThat(effects).isEmpty();
    assertThat(session.outstanding()).isEqualTo(1);
  }

  @Test
  void closesWhenAnotherRevisionIsAcknowledgedThanWasSent() {
    member();
    Config config = onlyConfig(connect(Map.of()));

    List<Effect> effects = receive(new EdgeMessage.Ack(config.nonce(), GROUP, 99));

    assertThat(closeCode(effects)).contains(4400);
  }

  @Test
  void findsTheLinkThatIsRefusedAndHoldsItBackUntilSomethingNewerComes() {
    member();
    link(TO_KANSAS);
    link(TO_SEATTLE);
    Have have = Have.of(1, Map.of());
    Config both = onlyConfig(connect(Map.of(GROUP, have)));

    Config first = onlyConfig(nack(both));
    Config second = onlyConfig(ack(first));
    List<Effect> afterSecond = nack(second);

    assertThat(first.set()).extracting("link").containsExactly(TO_KANSAS);
    assertThat(second.set()).extracting("link").containsExactly(TO_SEATTLE);
    assertThat(configs(afterSecond)).isEmpty();
    assertThat(reports(afterSecond).getLast().lastError()).contains("no");
    assertThat(reports(afterSecond).getLast().acknowledgedRevision()).isEqualTo(2);
    assertThat(onlyConfig(link(TO_SEATTLE)).set()).extracting("link").containsExactly(TO_SEATTLE);
  }

  @Test
  void triesWhatWasRefusedAgainAfterAGrowingWhile() {
    member();
    link(TO_KANSAS);
    Config config = onlyConfig(connect(Map.of(GROUP, Have.of(1, Map.of()))));
    nack(config);

    List<Effect> tooEarly = tick(LIMITS.firstRetry().minusMillis(1));
    Config again = onlyConfig(tick(Duration.ofMillis(1)));
    nack(again);
    List<Effect> tooEarlyAgain = tick(LIMITS.firstRetry());
    Config third = onlyConfig(tick(LIMITS.firstRetry()));
    List<Effect> settled = ack(third);

    assertThat(configs(tooEarly)).isEmpty();
    assertThat(configs(tooEarlyAgain)).isEmpty();
    assertThat(reports(settled).getLast().lastError()).isEmpty();
    assertThat(reports(settled).getLast().acknowledgedRevision()).isEqualTo(2);
  }

  @Test
  void closesAnEdgeThatDoesNotAnswer() {
    member();
    connect(Map.of());

    assertThat(closeCode(tick(LIMITS.ackTimeout().minusMillis(1)))).isEmpty();
    assertThat(closeCode(tick(Duration.ofMillis(1)))).contains(4408);
  }

  @Test
  void closesAnEdgeThatSaysNoHello() {
    assertThat(closeCode(tick(LIMITS.helloTimeout()))).contains(4408);
  }

  @Test
  void tellsAStrangerTheSameWhetherTheEdgeExistsOrNot() {
    EdgeMessage hello = EdgeMessage.Hello.of(STRANGER.signChallenge(EDGE, CHALLENGE), Map.of());
    List<Effect> unknown = receive(hello);
    member();
    EdgeSession known = new EdgeSession(EDGE, CHALLENGE, new Sources(store, peers), LIMITS, 0);

    assertThat(known.received(hello, now)).isEqualTo(unknown);
    assertThat(unknown).containsExactly(new Effect.Close(CloseReason.UNAUTHORIZED));
  }

  @Test
  void refusesAnythingBeforeTheHello() {
    assertThat(closeCode(receive(new EdgeMessage.Ack("1", GROUP, 1)))).contains(4400);
  }

  @Test
  void servesNoGroupOfAnotherDeviceOfTheSameName() {
    GroupId other = new GroupId("geant");
    member();
    log.member(EDGE, other, STRANGER.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
    log.link(other, TO_KANSAS, false);
    store.apply(log.at(log.end() - 2));

    Config config = onlyConfig(connect(Map.of()));

    assertThat(config.group()).isEqualTo(GROUP);
  }

  @Test
  void tellsAnEdgeToDropAGroupItLeftWhileItWasAway() {
    GroupId left = new GroupId("geant");
    member();
    connect(Map.of(GROUP, Have.of(1, Map.of()), left, Have.of(9, Map.of(TO_KANSAS, 9L))));

    // It knows more than the store of a group the store has never heard of: that may be news.
    Config config = onlyConfig(session.caughtUp(now));

    assertThat(config.group()).isEqualTo(left);
    assertThat(config.isGroupGone()).isTrue();
    assertThat(config.revision()).isEqualTo(9);
  }

  @Test
  void endsAConnectionWhoseLastMembershipIsGone() {
    member();
    Config config = onlyConfig(connect(Map.of()));
    ack(config);

    Config gone = onlyConfig(removeMember());
    List<Effect> afterwards = ack(gone);

    assertThat(gone.isGroupGone()).isTrue();
    assertThat(closeCode(afterwards)).contains(4403);
    assertThat(reports(afterwards)).extracting(GroupReport::connected).containsOnly(false);
  }

  /** A lost device whose keys were revoked need not play along. */
  @Test
  void cutsOffAnEdgeThatDoesNotAnswerItsLastConfiguration() {
    member();
    ack(onlyConfig(connect(Map.of())));

    Config gone = onlyConfig(removeMember());
    List<Effect> soon = tick(Duration.ofSeconds(1));
    List<Effect> later = tick(Duration.ofSeconds(1));

    assertThat(gone.isGroupGone()).isTrue();
    assertThat(closeCode(soon)).isEmpty();
    assertThat(closeCode(later)).contains(4403);
  }

  @Test
  void keepsAnEdgeThatIsAMemberOfAnotherGroup() {
    GroupId other = new GroupId("geant");
    member();
    log.member(EDGE, other, KEYS.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
    configs(connect(Map.of())).forEach(this::ack);

    ack(onlyConfig(removeMember()));

    assertThat(closeCode(tick(Duration.ofSeconds(3)))).isEmpty();
  }

  @Test
  void leavesAnEdgeThatIsAheadAloneUntilTheStoreHasCaughtUp() {
    member();
    link(TO_KANSAS);
    Have ahead = Have.of(3, Map.of(TO_KANSAS, 2L, TO_SEATTLE, 3L));

    List<Effect> early = connect(Map.of(GROUP, ahead));
    log.link(GROUP, TO_SEATTLE, false);
    store.apply(log.at(log.end() - 2));
    List<Effect> later = session.caughtUp(now);

    assertThat(early).contains(new Effect.AwaitCatchUp());
    assertThat(configs(early)).isEmpty();
    assertThat(configs(later)).isEmpty();
  }

  @Test
  void reportsTunnelsAndRepeatsTheReportWhileNothingHappens() {
    member();
    ack(onlyConfig(connect(Map.of())));
    TunnelStatus tunnel = new TunnelStatus(TO_KANSAS, 0, TunnelState.UP);

    List<Effect> reported = receive(new EdgeMessage.Status(GROUP, List.of(tunnel)));
    List<Effect> repeated = tick(LIMITS.refreshInterval());
    List<Effect> last = session.disconnected();

    assertThat(reports(reported).getLast().tunnels()).containsExactly(tunnel);
    assertThat(reports(repeated)).isEqualTo(reports(reported));
    assertThat(reports(last)).extracting(GroupReport::connected).containsExactly(false);
  }

  @Test
  void whatKeepsAnAcceptedLinkFromWorkingIsTheLastErrorUntilItIsOver() {
    member();
    ack(onlyConfig(connect(Map.of())));
    LinkProblem problem = new LinkProblem(TO_KANSAS, "endpoint x does not resolve");

    List<Effect> reported =
        receive(new EdgeMessage.Status(GROUP, List.of(), List.of(), List.of(problem)));
    List<Effect> over = receive(new EdgeMessage.Status(GROUP, List.of()));

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
      log.member(EDGE, group, KEYS.publicKeys().identity());
      store.apply(log.at(log.end() - 1));
    }

    List<Config> sent = new ArrayList<>(configs(connect(Map.of())));
    int atOnce = sent.size();
    for (int i = 0; i < sent.size(); i++) {
      sent.addAll(configs(ack(sent.get(i))));
    }

    assertThat(atOnce).isEqualTo(LIMITS.maxOutstanding());
    assertThat(sent).extracting(Config::group).containsExactlyInAnyOrderElementsOf(groups);
  }

  private void member() {
    log.member(EDGE, GROUP, KEYS.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
  }

  private List<Effect> removeMember() {
    log.removeMember(EDGE, GROUP);
    return tell(EdgeConfigKey.ofMembership(EDGE, GROUP), log.end() - 1);
  }

  private List<Effect> link(LinkId link) {
    log.link(GROUP, link, false);
    return tell(EdgeConfigKey.ofLink(EDGE, GROUP, link), log.end() - 2);
  }

  private List<Effect> unlink(LinkId link) {
    log.link(GROUP, link, true);
    return tell(EdgeConfigKey.ofLink(EDGE, GROUP, link), log.end() - 2);
  }

  private List<Effect> tell(EdgeConfigKey key, int offset) {
    store.apply(log.at(offset));
    return session.changed(List.of(new Change(key, log.at(offset).revision())), now);
  }

  private List<Effect> connect(Map<GroupId, Have> have) {
    List<Effect> effects = receive(EdgeMessage.Hello.of(KEYS.signChallenge(EDGE, CHALLENGE), have));
    assertThat(effects).containsExactly(new Effect.Proven());
    return session.registered(now);
  }

  private List<Effect> receive(EdgeMessage message) {
    return session.received(message, now);
  }

  private List<Effect> ack(Config config) {
    return receive(new EdgeMessage.Ack(config.nonce(), config.group(), config.revision()));
  }

  private List<Effect> nack(Config config) {
    return receive(new EdgeMessage.Nack(config.nonce(), config.group(), config.revision(), "no"));
  }

  private List<Effect> tick(Duration passed) {
    now += passed.toNanos();
    return session.tick(now);
  }

  private static Config onlyConfig(List<Effect> effects) {
    assertThat(configs(effects)).hasSize(1);
    return configs(effects).getFirst();
  }

  private static List<Config> configs(List<Effect> effects) {
    return effects.stream()
        .filter(effect -> effect instanceof Effect.Send send && send.message() instanceof Config)
        .map(effect -> (Config) ((Effect.Send) effect).message())
        .toList();
  }

  private static List<GroupReport> reports(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Report.class::isInstance)
        .map(effect -> ((Effect.Report) effect).report())
        .toList();
  }

  private static Optional<Integer> closeCode(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Close.class::isInstance)
        .map(effect -> ((Effect.Close) effect).reason().code())
        .findFirst();
  }
}
