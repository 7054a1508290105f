package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinkKeyChangesTest {
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId SEATTLE = new EdgeId("seattle");
  private static final GroupId GROUP = new GroupId("abilene");
  private static final LinkId LINK = LinkId.between(DENVER, SEATTLE);
  private static final DeliveryLimits LIMITS = DeliveryLimits.DEFAULT;
  private static final long GRACE = LIMITS.formerKeysGrace().toNanos();

  private final SimulatedPeers peers = new SimulatedPeers();
  private final LinkKeyChanges keys = new LinkKeyChanges(DENVER, GROUP, peers, LIMITS);

  @Test
  void anEdgeSwitchesOnceItsPeerReceivesWithTheSameKeys() {
    keys.accepted(List.of(LINK), Map.of(LINK, 7L), Map.of(LINK, 9L));
    assertThat(keys.next(1)).as("nothing is known of the peer").isEmpty();

    peerSays(8, List.of());
    assertThat(keys.next(2)).as("the peer has not got so far").isEmpty();

    peerSays(9, List.of(new KeyChange(LINK, 9, 7)));
    assertThat(keys.next(3)).contains(switchOver(9));
    assertThat(keys.next(4)).as("it is told once").isEmpty();
  }

  @Test
  void aPeerThatLacksWhatItsRevisionCoversIsWaitedFor() {
    keys.accepted(List.of(LINK), Map.of(LINK, 7L), Map.of(LINK, 9L));

    peerSays(12, List.of(KeyChange.undelivered(LINK)));
    assertThat(keys.next(1)).isEmpty();

    peerSays(12, List.of(new KeyChange(LINK, 11, 7)));
    assertThat(keys.next(2)).as("the peer went past it").isEmpty();
  }

  @Test
  void formerKeysGoSomeTimeAfterThePeerWasHeardToSendWithTheNewOnes() {
    keys.reported(List.of(new KeyChange(LINK, 9, 9)));

    peerSays(9, List.of(new KeyChange(LINK, 9, 7)));
    assertThat(keys.next(1)).isEmpty();
    peerSays(9, List.of(new KeyChange(LINK, 9, 9)));
    assertThat(keys.next(10)).isEmpty();
    assertThat(keys.next(9 + GRACE)).isEmpty();

    assertThat(keys.next(10 + GRACE)).contains(retire(9));
  }

  @Test
  void whatAnEdgeSaysWhenItConnectsIsGoneOnFrom() {
    peerSays(9, List.of());

    keys.begin(
        new Have(9, new TreeMap<>(Map.of(LINK, 9L)), new TreeMap<>(Map.of(LINK, 7L))), _ -> true);

    assertThat(keys.next(1)).contains(switchOver(9));
  }

  @Test
  void aStepThatDoesNotShowIsToldAgain() {
    peerSays(9, List.of());
    keys.accepted(List.of(LINK), Map.of(LINK, 7L), Map.of(LINK, 9L));
    keys.next(1);

    keys.reported(List.of(new KeyChange(LINK, 9, 7)));

    assertThat(keys.next(LIMITS.ackTimeout().toNanos())).isEmpty();
    assertThat(keys.next(1 + LIMITS.ackTimeout().toNanos())).contains(switchOver(9));
  }

  @Test
  void newerKeysStartAnew() {
    peerSays(9, List.of(new KeyChange(LINK, 9, 7)));
    keys.accepted(List.of(LINK), Map.of(LINK, 7L), Map.of(LINK, 9L));
    keys.next(1);

    keys.accepted(List.of(LINK), Map.of(LINK, 7L), Map.of(LINK, 11L));
    assertThat(keys.next(2)).isEmpty();
    peerSays(11, List.of(new KeyChange(LINK, 11, 7)));

    assertThat(keys.next(3)).contains(switchOver(11));
  }

  @Test
  void anEdgeThatDoesNotKnowOfStepsIsNeverToldOne() {
    peerSays(9, List.of());

    keys.accepted(List.of(LINK), Map.of(), Map.of(LINK, 9L));

    assertThat(keys.next(1)).isEmpty();
    assertThat(keys.changing()).isEmpty();
  }

  private void peerSays(long acknowledged, List<KeyChange> changes) {
    peers.report(
        SEATTLE,
        1,
        new GroupReport(GROUP, false, true, acknowledged, Optional.empty(), List.of(), changes));
    peers.write();
    peers.read(1);
  }

  private static ChangeOver switchOver(long revision) {
    return new ChangeOver(GROUP, new TreeMap<>(Map.of(LINK, revision)), new TreeMap<>());
  }

  private static ChangeOver retire(long revision) {
    return new ChangeOver(GROUP, new TreeMap<>(), new TreeMap<>(Map.of(LINK, revision)));
  }
}
