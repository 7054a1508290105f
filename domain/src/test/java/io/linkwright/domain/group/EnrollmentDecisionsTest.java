package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.enroll;
import static io.linkwright.domain.group.Commands.invite;
import static io.linkwright.domain.group.Commands.invited;
import static io.linkwright.domain.group.Commands.join;
import static io.linkwright.domain.group.Commands.remove;
import static io.linkwright.domain.group.Commands.renameMember;
import static io.linkwright.domain.group.Commands.revoke;
import static io.linkwright.domain.group.RejectionCode.INVALID_REQUEST;
import static io.linkwright.domain.group.RejectionCode.KEYS_IN_USE;
import static io.linkwright.domain.group.RejectionCode.KEYS_REVOKED;
import static io.linkwright.domain.group.RejectionCode.LINKS_ARE_AUTOMATIC;
import static io.linkwright.domain.group.RejectionCode.MEMBER_ENROLLED;
import static io.linkwright.domain.group.RejectionCode.TOKEN_EXPIRED;
import static io.linkwright.domain.group.RejectionCode.TOKEN_INVALID;
import static io.linkwright.domain.group.RejectionCode.TOKEN_USED;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_MEMBER;
import static io.linkwright.domain.group.RevokedLinks.KEEP;
import static io.linkwright.domain.group.RevokedLinks.REMOVE;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Samples.keys;
import static io.linkwright.domain.group.Samples.keysWithoutWireGuard;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static io.linkwright.domain.link.TunnelProtocol.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrollmentDecisionsTest {
  private static final Duration TTL = Invitation.DEFAULT_TIME_TO_LIVE;

  /** {@code a} awaits enrollment with token {@code one}, {@code b} and {@code c} are enrolled. */
  private static Scenario waiting(TunnelProtocol protocol) {
    return Scenario.given(
        createGroup(PARTIAL_MESH, protocol),
        invited(awaiting("a"), "one"),
        add(enrolled("b")),
        add(enrolled("c")),
        addLink("a", "b"),
        addLink("b", "c"));
  }

  private static Scenario joined() {
    return waiting(WIREGUARD).and(join("a", "one", keys("a")));
  }

  @Test
  void theTokenBringsTheKeysAndTheLinksToLife() {
    Scenario scenario = waiting(WIREGUARD);

    scenario.when(join("a", "one", keys("a"))).thenEvents("MemberChanged a", "LinkChanged a~b");
    scenario.and(join("a", "one", keys("a")));

    assertThat(scenario.member("a").keys()).contains(keys("a"));
    assertThat(scenario.member("a").standing()).isEqualTo(EnrollmentStanding.ENROLLED);
    assertThat(scenario.link("a~b").isConfigurable()).isTrue();
  }

  @Test
  void aForgedTokenIsRefused() {
    waiting(IPSEC).when(join("a", "other", keys("a"))).thenRefused(TOKEN_INVALID, "new one");
    Scenario.given(createGroup(PARTIAL_MESH, IPSEC), add(awaiting("a")))
        .when(join("a", "one", keys("a")))
        .thenRefused(TOKEN_INVALID);
    waiting(IPSEC).when(join("b", "one", keys("a"))).thenRefused(TOKEN_INVALID);
    waiting(IPSEC).when(join("z", "one", keys("a"))).thenRefused(UNKNOWN_MEMBER, "z");
  }

  @Test
  void aTokenCountsUntilItExpires() {
    Scenario scenario = waiting(IPSEC);

    scenario.whenAfter(TTL, join("a", "one", keys("a"))).thenRefused(TOKEN_EXPIRED, "expired at");
    scenario
        .whenAfter(TTL.minusNanos(1), join("a", "one", keys("a")))
        .thenEvents("MemberChanged a", "LinkChanged a~b");
  }

  @Test
  void aTokenCountsOnce() {
    Scenario scenario = joined();

    scenario.when(join("a", "one", keys("thief"))).thenRefused(TOKEN_USED, "another device");
    scenario.when(join("a", "two", keys("thief"))).thenRefused(TOKEN_INVALID);
  }

  /** It did not hear the answer to its first try. */
  @Test
  void theSameDeviceMayShowItsTokenAgain() {
    joined().when(join("a", "one", keys("a"))).thenNothing();
    joined().whenAfter(TTL.multipliedBy(2), join("a", "one", keys("a"))).thenNothing();
  }

  @Test
  void aNewTokenMakesTheOldOneVoid() {
    Scenario scenario = waiting(IPSEC).and(invite("a", "two"));

    scenario.when(join("a", "one", keys("a"))).thenRefused(TOKEN_INVALID);
    scenario.when(join("a", "two", keys("a"))).thenEvents("MemberChanged a", "LinkChanged a~b");
  }

  @Test
  void whoHasKeysNeedsNoToken() {
    joined().when(invite("a", "two")).thenRefused(MEMBER_ENROLLED, "revoke it first");
    joined().when(invite("z", "two")).thenRefused(UNKNOWN_MEMBER);
  }

  @Test
  void keysFromTheOperatorMakeTheTokenVoid() {
    Scenario scenario = waiting(IPSEC).and(enroll("a", keys("a")));

    scenario.when(join("a", "one", keys("thief"))).thenRefused(TOKEN_INVALID);
    assertThat(scenario.member("a").enrollment()).isEmpty();
  }

  @Test
  void otherChangesLeaveTheTokenAsItIs() {
    waiting(IPSEC)
        .and(renameMember("a", "Site A"))
        .when(join("a", "one", keys("a")))
        .thenEvents("MemberChanged a", "LinkChanged a~b");
  }

  @Test
  void theKeysMustFitTheGroup() {
    waiting(WIREGUARD)
        .when(join("a", "one", keysWithoutWireGuard("a")))
        .thenRefusedField(INVALID_REQUEST, "keys", "WireGuard");
  }

  @Test
  void aMemberWithoutKeysCallsForNoConfiguration() {
    for (GroupEvent event : waiting(IPSEC).when(renameMember("a", "Site A")).payloads()) {
      assertThat(ConfigurationChange.of(event)).isEmpty();
    }
  }

  @Test
  void revokingTakesTheConfigurationFromBothEndsAndKeepsTheLink() {
    Scenario scenario = joined();

    List<GroupEvent> events =
        scenario
            .when(revoke("a", KEEP))
            .thenEvents("MemberRevoked a", "LinkSuspended a~b")
            .payloads();
    assertThat(events.stream().map(ConfigurationChange::of))
        .containsExactly(
            Optional.of(new ConfigurationChange.MembershipWithdrawn(Samples.edge("a"))),
            Optional.of(new ConfigurationChange.LinkWithdrawn(Samples.link("a~b"))));
    scenario.and(revoke("a", KEEP));
    assertThat(scenario.member("a").standing()).isEqualTo(EnrollmentStanding.REVOKED);
    assertThat(scenario.link("a~b").isConfigurable()).isFalse();
    assertThat(scenario.link("b~c").isConfigurable()).isTrue();
  }

  @Test
  void revokingCanRemoveTheLinks() {
    joined().when(revoke("a", REMOVE)).thenEvents("MemberRevoked a", "LinkRemoved a~b");
    joined()
        .and(revoke("a", KEEP))
        .when(revoke("a", REMOVE))
        .thenEvents("MemberRevoked a", "LinkRemoved a~b");
    joined().and(revoke("a", REMOVE)).when(revoke("a", REMOVE)).thenNothing();
    Scenario.given(createGroup(MESH, IPSEC), add(enrolled("a")), add(enrolled("b")))
        .when(revoke("a", REMOVE))
        .thenRefused(LINKS_ARE_AUTOMATIC);
  }

  @Test
  void revokingAnInvitationMakesItVoid() {
    Scenario scenario = waiting(IPSEC);

    List<GroupEvent> events =
        scenario.when(revoke("a", KEEP)).thenEvents("MemberRevoked a").payloads();
    assertThat(events.stream().map(ConfigurationChange::of)).containsExactly(Optional.empty());
    scenario.and(revoke("a", KEEP)).when(join("a", "one", keys("a"))).thenRefused(TOKEN_INVALID);
    scenario.when(revoke("a", KEEP)).thenNothing();
    scenario.when(revoke("z", KEEP)).thenRefused(UNKNOWN_MEMBER);
  }

  @Test
  void aRevokedMemberComesBackWithANewTokenAndFreshKeys() {
    Scenario scenario = joined();
    int keyVersion = scenario.link("a~b").keyVersion();
    scenario.and(revoke("a", KEEP), invite("a", "two"));
    assertThat(scenario.member("a").standing()).isEqualTo(EnrollmentStanding.AWAITING);

    scenario
        .when(join("a", "two", keys("a, replaced")))
        .thenEvents("MemberChanged a", "LinkChanged a~b");
    scenario.and(join("a", "two", keys("a, replaced")));

    assertThat(scenario.link("a~b").keyVersion()).isGreaterThan(keyVersion + 1);
    assertThat(scenario.link("a~b").isConfigurable()).isTrue();
  }

  @Test
  void revokedKeysNeverCountAgainInTheGroup() {
    Scenario scenario = joined().and(revoke("a", KEEP), invite("a", "two"));
    MemberKeys stolen = keys("a");
    MemberKeys fresh = keys("fresh");
    MemberKeys mixed =
        new MemberKeys(
            fresh.identity(),
            fresh.sealing(),
            List.of(fresh.wireGuard().getFirst(), stolen.wireGuard().getLast()));

    scenario.when(join("a", "two", stolen)).thenRefusedField(KEYS_REVOKED, "keys", "from a");
    scenario.when(join("a", "two", mixed)).thenRefusedField(KEYS_REVOKED, "keys");
    scenario.when(enroll("a", stolen)).thenRefusedField(KEYS_REVOKED, "keys");
    scenario.when(enroll("c", stolen)).thenRefusedField(KEYS_REVOKED, "keys");
    scenario.and(remove("a"), add(awaiting("a")));
    scenario.when(enroll("a", stolen)).thenRefusedField(KEYS_REVOKED, "keys");
  }

  @Test
  void aKeyIsOneMembersOnly() {
    Scenario scenario = joined();
    MemberKeys others = keys("a");
    MemberKeys fresh = keys("fresh");
    MemberKeys mixed =
        new MemberKeys(
            fresh.identity(),
            fresh.sealing(),
            List.of(fresh.wireGuard().getFirst(), others.wireGuard().getLast()));

    scenario.when(enroll("b", others)).thenRefusedField(KEYS_IN_USE, "keys", "member a");
    scenario.when(enroll("b", mixed)).thenRefusedField(KEYS_IN_USE, "keys", "member a");
    scenario.and(remove("a"));
    scenario.when(enroll("b", others)).thenEvents("MemberChanged b", "LinkChanged b~c");
  }

  @Test
  void aTokenIsReadAsItIsWrittenAndTellsNothingByItself() {
    EnrollmentToken token = Samples.token("one");

    assertThat(EnrollmentToken.parse(token.reveal()).hash()).isEqualTo(token.hash());
    assertThat(token.controllerKeyId()).isEqualTo("0123456789abcdef");
    assertThat(token.toString()).doesNotContain(token.reveal().substring(4));
    String cut = token.reveal().substring(0, 40);
    assertThatThrownBy(() -> EnrollmentToken.parse(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(cut);
  }

  @Test
  void aTimeToLiveIsBounded() {
    assertThat(Invitation.parseTimeToLive("PT24H")).isEqualTo(Duration.ofDays(1));
    for (String text : List.of("24h", "PT0S", "P31D", "-PT1H", "")) {
      assertThatThrownBy(() -> Invitation.parseTimeToLive(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
