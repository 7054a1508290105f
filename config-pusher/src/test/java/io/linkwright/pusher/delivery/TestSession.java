package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The session of one edge over a store in memory, with a clock that is set. */
final class TestSession {
  static final EdgeKeys KEYS = EdgeKeys.generate();
  static final EdgeKeys STRANGER = EdgeKeys.generate();
  static final EdgeId EDGE = new EdgeId("denver");
  static final GroupId GROUP = new GroupId("abilene");
  static final LinkId TO_KANSAS = LinkId.parse("denver~kansas-city");
  static final LinkId TO_SEATTLE = LinkId.parse("denver~seattle");
  static final LinkId TO_SUNNYVALE = LinkId.parse("denver~sunnyvale");
  static final DeliveryLimits LIMITS = DeliveryLimits.DEFAULT;

  private static final String CHALLENGE = "a-challenge-nobody-can-guess";

  private final SimulatedLog log = new SimulatedLog();
  private final SimulatedStore store = new SimulatedStore();
  private final Sources sources = new Sources(store, new SimulatedPeers());
  private final EdgeSession session = newSession();
  private long now = 1;

  EdgeSession newSession() {
    return new EdgeSession(EDGE, CHALLENGE, sources, LIMITS, 0);
  }

  EdgeSession session() {
    return session;
  }

  long now() {
    return now;
  }

  void member() {
    memberOf(GROUP, KEYS);
  }

  /** Puts a membership into the store, as that of a device with these keys. */
  void memberOf(GroupId group, EdgeKeys keys) {
    log.member(EDGE, group, keys.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
  }

  List<Effect> removeMember() {
    log.removeMember(EDGE, GROUP);
    return tell(EdgeConfigKey.ofMembership(EDGE, GROUP), log.end() - 1);
  }

  List<Effect> link(LinkId link) {
    log.link(GROUP, link, false);
    return tell(EdgeConfigKey.ofLink(EDGE, GROUP, link), log.end() - 2);
  }

  /** Puts a link into the store, and tells the session nothing of it. */
  void storeLink(GroupId group, LinkId link) {
    log.link(group, link, false);
    store.apply(log.at(log.end() - 2));
  }

  /** A removal with a number that no revision of the group has; nobody signs removals. */
  void strangersRemoval(LinkId link) {
    store.apply(
        new SimulatedLog.Entry(
            EdgeConfigKey.ofLink(EDGE, GROUP, link), Revision.MAX, Optional.empty(), true));
  }

  List<Effect> unlink(LinkId link) {
    log.link(GROUP, link, true);
    return tell(EdgeConfigKey.ofLink(EDGE, GROUP, link), log.end() - 2);
  }

  List<Effect> connect(Map<GroupId, Have> have) {
    assertThat(receive(hello(KEYS, have))).containsExactly(new Effect.Proven());
    return session.registered(now);
  }

  EdgeMessage hello(EdgeKeys keys, Map<GroupId, Have> have) {
    return EdgeMessage.Hello.of(keys.signChallenge(EDGE, CHALLENGE), have);
  }

  List<Effect> caughtUp() {
    return session.caughtUp(now);
  }

  List<Effect> receive(EdgeMessage message) {
    return session.received(message, now);
  }

  List<Effect> ack(Config config) {
    return receive(new EdgeMessage.Ack(config.nonce(), config.group(), config.revision()));
  }

  List<Effect> nack(Config config) {
    return receive(new EdgeMessage.Nack(config.nonce(), config.group(), config.revision(), "no"));
  }

  List<Effect> tick(Duration passed) {
    now += passed.toNanos();
    return session.tick(now);
  }

  private List<Effect> tell(EdgeConfigKey key, int offset) {
    store.apply(log.at(offset));
    return session.changed(List.of(new Change(key, log.at(offset).revision())), now);
  }

  static Config onlyConfig(List<Effect> effects) {
    assertThat(configs(effects)).hasSize(1);
    return configs(effects).getFirst();
  }

  static List<Config> configs(List<Effect> effects) {
    return effects.stream()
        .filter(effect -> effect instanceof Effect.Send send && send.message() instanceof Config)
        .map(effect -> (Config) ((Effect.Send) effect).message())
        .toList();
  }

  static List<GroupReport> reports(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Report.class::isInstance)
        .map(effect -> ((Effect.Report) effect).report())
        .toList();
  }

  static Optional<Integer> closeCode(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Close.class::isInstance)
        .map(effect -> ((Effect.Close) effect).reason().code())
        .findFirst();
  }
}
