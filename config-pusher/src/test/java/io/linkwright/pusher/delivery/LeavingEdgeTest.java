package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device that was away when it was removed or revoked, and comes back. */
final class LeavingEdgeTest {
  private static final EdgeId EDGE = new EdgeId("denver");
  private static final GroupId GROUP = new GroupId("backbone");
  private static final GroupId OTHER = new GroupId("geant");
  private static final EdgeKeys OLD = EdgeKeys.generate();
  private static final EdgeKeys NEW = EdgeKeys.generate();
  private static final String CHALLENGE = "a-challenge-of-some-length";
  private static final long NOW = 1_000;
  private static final Have HAVE = Have.of(1, Map.of(LinkId.parse("denver~omaha"), 1L));

  private final SimulatedLog log = new SimulatedLog();
  private final SimulatedStore store = new SimulatedStore();

  @Test
  void itIsToldToDropItsGroupAndThenSentAway() {
    join(GROUP, OLD);
    leave(GROUP);
    EdgeSession session = session();

    List<Effect> effects = hello(session, OLD, Map.of(GROUP, HAVE));
    Config goodbye = onlyConfig(effects);
    List<Effect> afterwards =
        session.received(new EdgeMessage.Ack(goodbye.nonce(), GROUP, goodbye.revision()), NOW);

    assertThat(effects).hasSize(1);
    assertThat(goodbye.isGroupGone()).isTrue();
    assertThat(goodbye.revision()).isEqualTo(2);
    assertThat(afterwards)
        .containsExactly(
            new Effect.Close(
                new CloseReason(4403, "no membership any more: backbone, revision 2")));
  }

  @Test
  void itNeedNotPlayAlong() {
    join(GROUP, OLD);
    leave(GROUP);
    EdgeSession session = session();
    hello(session, OLD, Map.of(GROUP, HAVE));

    List<Effect> soon = session.tick(NOW + LeavingEdge.LIMIT.toNanos() - 1);
    List<Effect> later = session.tick(NOW + LeavingEdge.LIMIT.toNanos());

    assertThat(soon).isEmpty();
    assertThat(closeCode(later)).isEqualTo(4403);
  }

  @Test
  void withNothingToDropItIsSentAwayAtOnce() {
    join(GROUP, OLD);
    leave(GROUP);

    List<Effect> effects = hello(session(), OLD, Map.of());

    assertThat(closeCode(effects)).isEqualTo(4403);
  }

  /** The device that took its place keeps its connection: nothing is proven for the edge. */
  @Test
  void itDoesNotTakeThePlaceOfTheNextDevice() {
    join(GROUP, OLD);
    leave(GROUP);
    join(GROUP, NEW);

    List<Effect> old = hello(session(), OLD, Map.of(GROUP, HAVE));
    List<Effect> next = hello(session(), NEW, Map.of());

    assertThat(old).doesNotContain(new Effect.Proven());
    assertThat(onlyConfig(old).isGroupGone()).isTrue();
    assertThat(next).containsExactly(new Effect.Proven());
  }

  @Test
  void itHearsNothingOfGroupsItWasNoMemberOf() {
    join(GROUP, OLD);
    leave(GROUP);
    join(OTHER, NEW);

    Config config = onlyConfig(hello(session(), OLD, Map.of(GROUP, HAVE, OTHER, HAVE)));

    assertThat(config.group()).isEqualTo(GROUP);
  }

  @Test
  void aStrangerIsToldNothing() {
    join(GROUP, OLD);
    leave(GROUP);

    List<Effect> effects = hello(session(), EdgeKeys.generate(), Map.of(GROUP, HAVE));

    assertThat(effects).containsExactly(new Effect.Close(CloseReason.UNAUTHORIZED));
  }

  @Test
  void aDeviceThatIsBackUnderItsFormerKeysIsAMember() {
    join(GROUP, OLD);
    leave(GROUP);
    join(GROUP, OLD);

    assertThat(hello(session(), OLD, Map.of())).containsExactly(new Effect.Proven());
  }

  @Test
  void oneThatHasSeenMoreThanItsRemovalIsLeftAlone() {
    join(GROUP, OLD);
    leave(GROUP);

    List<Effect> effects = hello(session(), OLD, Map.of(GROUP, Have.of(3, Map.of())));

    assertThat(effects).containsExactly(new Effect.Close(CloseReason.NOT_READY));
  }

  private void join(GroupId group, EdgeKeys keys) {
    log.member(EDGE, group, keys.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
  }

  private void leave(GroupId group) {
    log.removeMember(EDGE, group);
    store.apply(log.at(log.end() - 1));
  }

  private EdgeSession session() {
    return new EdgeSession(
        EDGE, CHALLENGE, new Sources(store, new SimulatedPeers()), DeliveryLimits.DEFAULT, NOW);
  }

  private static List<Effect> hello(EdgeSession session, EdgeKeys keys, Map<GroupId, Have> have) {
    return session.received(EdgeMessage.Hello.of(keys.signChallenge(EDGE, CHALLENGE), have), NOW);
  }

  private static Config onlyConfig(List<Effect> effects) {
    List<Config> configs =
        effects.stream()
            .filter(
                effect -> effect instanceof Effect.Send send && send.message() instanceof Config)
            .map(effect -> (Config) ((Effect.Send) effect).message())
            .toList();
    assertThat(configs).hasSize(1);
    return configs.getFirst();
  }

  private static int closeCode(List<Effect> effects) {
    return ((Effect.Close) effects.getLast()).reason().code();
  }
}
