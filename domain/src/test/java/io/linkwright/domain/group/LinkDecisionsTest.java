package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.batch;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.rekey;
import static io.linkwright.domain.group.Commands.rekeyMember;
import static io.linkwright.domain.group.Commands.removeLink;
import static io.linkwright.domain.group.RejectionCode.INVALID_REQUEST;
import static io.linkwright.domain.group.RejectionCode.LIMIT_EXCEEDED;
import static io.linkwright.domain.group.RejectionCode.LINKS_ARE_AUTOMATIC;
import static io.linkwright.domain.group.RejectionCode.LINK_EXISTS;
import static io.linkwright.domain.group.RejectionCode.LINK_TO_SELF;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_LINK;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_MEMBER;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.dual;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Samples.pair;
import static io.linkwright.domain.group.Samples.settings;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static io.linkwright.domain.link.TunnelProtocol.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.group.Rejection.ItemRejection;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkDecisionsTest {

  private static Scenario members(TunnelProtocol protocol) {
    return Scenario.given(
        createGroup(PARTIAL_MESH, protocol),
        add(enrolled("a", "10.1.0.0/16")),
        add(enrolled("b")),
        add(enrolled("c")),
        add(awaiting("d")));
  }

  @Test
  void aLinkHasOneIdWhicheverEndIsNamedFirst() {
    members(IPSEC).when(addLink("b", "a")).thenEvents("LinkAdded a~b");
  }

  @Test
  void anIpsecLinkHasAnAssociationForEachDirection() {
    Scenario scenario =
        Scenario.given(
            createGroup(dual(settings(PARTIAL_MESH, IPSEC))),
            add(enrolled("a", "10.1.0.0/16")),
            add(enrolled("b")));
    GroupCommand command = addLink("a", "b");
    LinkConfiguration link =
        ((GroupEvent.LinkAdded) scenario.when(command).payloads().getFirst()).link();

    LinkSecrets secrets =
        LinkSecrets.derive(Samples.seed(scenario.log().size()), link.id(), 1, IPSEC, 2);

    assertThat(link.keyVersion()).isEqualTo(1);
    assertThat(link.endA().allowedSubnets()).containsExactly(Cidr.parse("10.1.0.0/16"));
    assertThat(link.tunnels()).hasSize(2);
    for (Tunnel tunnel : link.tunnels()) {
      var keys = (TunnelKeys.SecurityAssociations) tunnel.keys();
      var secret = (TunnelSecrets.SaSecrets) secrets.tunnels().get(tunnel.index());
      assertThat(keys.aToB().fingerprint()).isEqualTo(TunnelSecrets.fingerprint(secret.aToB()));
      assertThat(keys.bToA().fingerprint()).isEqualTo(TunnelSecrets.fingerprint(secret.bToA()));
      assertThat(tunnel.endA().wireGuardKey()).isEmpty();
    }
  }

  @Test
  void aWireGuardLinkHasAPresharedKeyAndBothPublicKeys() {
    Scenario scenario = members(WIREGUARD).and(addLink("a", "b"));

    Tunnel tunnel = scenario.link("a~b").tunnels().getFirst();

    assertThat(tunnel.keys()).isInstanceOf(TunnelKeys.PresharedKey.class);
    assertThat(tunnel.endA().wireGuardKey()).contains(Samples.keys("a").wireGuard().getFirst());
    assertThat(tunnel.endB().wireGuardKey()).contains(Samples.keys("b").wireGuard().getFirst());
  }

  @Test
  void aLinkJoinsTwoDifferentMembers() {
    members(IPSEC).when(addLink("a", "a")).thenRefusedField(LINK_TO_SELF, "edgeB", "itself");
    members(IPSEC).when(addLink("z", "a")).thenRefusedField(UNKNOWN_MEMBER, "edgeA", "z");
    members(IPSEC).when(addLink("a", "z")).thenRefusedField(UNKNOWN_MEMBER, "edgeB", "z");
  }

  @Test
  void aPairIsLinkedOnce() {
    members(IPSEC)
        .and(addLink("a", "b"))
        .when(addLink("b", "a"))
        .thenRefused(LINK_EXISTS, "a~b", "rekey");
  }

  @Test
  void aLinkIsRemovedByEitherOrderOfItsEnds() {
    members(IPSEC).and(addLink("a", "b")).when(removeLink("b~a")).thenEvents("LinkRemoved a~b");
  }

  @Test
  void whatIsNotLinkedCannotBeRemovedOrRekeyed() {
    members(IPSEC).when(removeLink("a~b")).thenRefused(UNKNOWN_LINK, "a and b are not linked");
    members(IPSEC).when(removeLink("y~z")).thenRefused(UNKNOWN_LINK);
    members(IPSEC).when(rekey("a~b")).thenRefused(UNKNOWN_LINK);
  }

  @Test
  void theLinksOfAnAutomaticTopologyAreNotChangedByHand() {
    Scenario mesh =
        Scenario.given(createGroup(MESH, IPSEC), add(enrolled("a")), add(enrolled("b")));

    mesh.when(addLink("a", "b")).thenRefused(LINKS_ARE_AUTOMATIC, "mesh", "partial-mesh");
    mesh.when(removeLink("a~b")).thenRefused(LINKS_ARE_AUTOMATIC);
    mesh.when(batch(List.of(), List.of(pair("a", "b")))).thenRefused(LINKS_ARE_AUTOMATIC);
  }

  @Test
  void rekeyingGivesNewKeysAndSpisInEveryTopology() {
    Scenario mesh =
        Scenario.given(createGroup(MESH, IPSEC), add(enrolled("a")), add(enrolled("b")));
    LinkConfiguration before = mesh.link("a~b");
    mesh.and(rekey("a~b"));

    LinkConfiguration after = mesh.link("a~b");

    assertThat(after.keyVersion()).isEqualTo(before.keyVersion() + 1);
    var old = (TunnelKeys.SecurityAssociations) before.tunnels().getFirst().keys();
    var renewed = (TunnelKeys.SecurityAssociations) after.tunnels().getFirst().keys();
    assertThat(renewed.aToB().spi()).isNotEqualTo(old.aToB().spi());
    assertThat(renewed.bToA().spi()).isNotEqualTo(old.bToA().spi());
    assertThat(renewed.aToB().fingerprint()).isNotEqualTo(old.aToB().fingerprint());
    assertThat(renewed.bToA().fingerprint()).isNotEqualTo(old.bToA().fingerprint());
  }

  @Test
  void aLinkThatAwaitsEnrollmentHasNothingToRekey() {
    members(IPSEC)
        .and(addLink("a", "d"))
        .when(rekey("a~d"))
        .thenRefused(INVALID_REQUEST, "enroll d first");
  }

  @Test
  void rekeyingAMemberRekeysEachOfItsLinksThatHasKeys() {
    Scenario group =
        members(IPSEC)
            .and(addLink("a", "b"), addLink("c", "a"), addLink("b", "c"), addLink("a", "d"));

    group.when(rekeyMember("a")).thenEvents("LinkChanged a~b", "LinkChanged a~c");
    group.when(rekeyMember("d")).thenEvents();
    group.when(rekeyMember("z")).thenRefused(UNKNOWN_MEMBER, "z");
  }

  @Test
  void aBatchRemovesBeforeItAdds() {
    members(IPSEC)
        .and(addLink("a", "b"), addLink("b", "c"))
        .when(batch(List.of(pair("c", "a"), pair("b", "a")), List.of(pair("b", "a"))))
        .thenEvents("LinkRemoved a~b", "LinkAdded a~c", "LinkAdded a~b");
  }

  @Test
  void aBatchThatCannotBeDoneNamesEveryItemAtFault() {
    Rejection rejection =
        members(IPSEC)
            .and(addLink("a", "b"))
            .when(
                batch(
                    List.of(
                        pair("a", "c"), // fine
                        pair("a", "b"),
                        pair("b", "b"),
                        pair("z", "a"),
                        pair("c", "a")),
                    List.of(pair("b", "c"), pair("a", "z"))))
            .rejection();

    assertThat(rejection.code()).isEqualTo(UNKNOWN_LINK);
    assertThat(rejection.field()).contains("remove[0]");
    assertThat(rejection.detail()).contains("6 of 7");
    assertThat(rejection.items())
        .extracting(ItemRejection::field, ItemRejection::code)
        .containsExactly(
            tuple("remove[0]", UNKNOWN_LINK),
            tuple("remove[1]", UNKNOWN_MEMBER),
            tuple("add[1]", LINK_EXISTS),
            tuple("add[2]", LINK_TO_SELF),
            tuple("add[3]", UNKNOWN_MEMBER),
            tuple("add[4]", INVALID_REQUEST));
  }

  @Test
  void aPairIsRemovedOncePerBatch() {
    Rejection rejection =
        members(IPSEC)
            .and(addLink("a", "b"))
            .when(batch(List.of(), List.of(pair("a", "b"), pair("b", "a"))))
            .rejection();

    assertThat(rejection.items()).extracting(ItemRejection::field).containsExactly("remove[1]");
    assertThat(rejection.detail()).contains("remove[0] already");
  }

  @Test
  void anEmptyBatchAsksForNothing() {
    members(IPSEC).when(batch(List.of(), List.of())).thenNothing();
  }

  @Test
  void aBatchIsBounded() {
    members(IPSEC)
        .when(
            batch(
                Collections.nCopies(Limits.MAX_BATCH_ITEMS, pair("a", "b")),
                List.of(pair("a", "b"))))
        .thenRefused(LIMIT_EXCEEDED, "1001", "1000");
  }
}
