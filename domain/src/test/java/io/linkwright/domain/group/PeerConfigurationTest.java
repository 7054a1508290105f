package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.dual;
import static io.linkwright.domain.group.Samples.edge;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Samples.settings;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.IpsecPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.WireGuardPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerConfigurationTest {

  private static LinkDocument document(TunnelProtocol protocol) {
    Scenario scenario =
        Scenario.given(
            createGroup(dual(settings(PARTIAL_MESH, protocol))),
            add(enrolled("a", "10.1.0.0/16")),
            add(enrolled("b", "10.2.0.0/16", "10.3.0.0/16")),
            addLink("a", "b"));
    return new LinkDocument(Samples.GROUP, 4, scenario.link("a~b"), "for-a", "for-b");
  }

  @Test
  void whatOneEndSendsOnTheOtherReceivesOn() {
    PeerConfiguration atA = PeerConfiguration.of(document(TunnelProtocol.IPSEC), edge("a"));
    PeerConfiguration atB = PeerConfiguration.of(document(TunnelProtocol.IPSEC), edge("b"));

    assertThat(atA.peer()).isEqualTo(edge("b"));
    assertThat(atB.peer()).isEqualTo(edge("a"));
    assertThat(atA.tunnels()).hasSize(2);
    for (int index = 0; index < 2; index++) {
      IpsecPeer keysAtA = (IpsecPeer) atA.tunnels().get(index).keys();
      IpsecPeer keysAtB = (IpsecPeer) atB.tunnels().get(index).keys();
      assertThat(keysAtA.outbound()).isEqualTo(keysAtB.inbound());
      assertThat(keysAtA.inbound()).isEqualTo(keysAtB.outbound());
    }
  }

  @Test
  void eachEndSeesTheOtherAsPeer() {
    PeerTunnel secondary =
        PeerConfiguration.of(document(TunnelProtocol.WIREGUARD), edge("a")).tunnels().get(1);

    assertThat(secondary.interfaceName()).isEqualTo("wg3");
    assertThat(secondary.localOverlayAddress()).hasToString("100.64.0.2");
    assertThat(secondary.peerOverlayAddress()).hasToString("100.64.0.4");
    assertThat(secondary.localEndpoint()).contains(Endpoint.parse("a.example.net:51820"));
    assertThat(secondary.peerEndpoint()).contains(Endpoint.parse("b.example.net:51820"));
    assertThat(secondary.localSubnets()).extracting(Cidr::toString).containsExactly("10.1.0.0/16");
    assertThat(secondary.allowedIps())
        .extracting(Cidr::toString)
        .containsExactly("100.64.0.4/32", "10.2.0.0/16", "10.3.0.0/16");
    assertThat(((WireGuardPeer) secondary.keys()).peerKey())
        .isEqualTo(Samples.keys("b").wireGuard().get(1));
  }

  @Test
  void eachEndChecksItsOwnSecretsDigest() {
    LinkDocument document = document(TunnelProtocol.IPSEC);

    assertThat(document.secretsDigestFor(edge("a"))).isEqualTo("for-a");
    assertThat(document.secretsDigestFor(edge("b"))).isEqualTo("for-b");
  }

  @Test
  void onlyTheTwoEndsHaveASideAndOnlyWithKeys() {
    LinkDocument document = document(TunnelProtocol.IPSEC);
    Scenario unenrolled =
        Scenario.given(
            createGroup(PARTIAL_MESH, TunnelProtocol.IPSEC),
            add(awaiting("a")),
            add(enrolled("b")),
            addLink("a", "b"));
    LinkDocument waiting =
        new LinkDocument(Samples.GROUP, 4, unenrolled.link("a~b"), "for-a", "for-b");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerConfiguration.of(document, edge("c")))
        .withMessageContaining("c is not an end of a~b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerConfiguration.of(waiting, edge("a")))
        .withMessageContaining("awaits enrollment");
  }

  @ParameterizedTest
  @CsvSource({
    "UP, UP, UP",
    "UP, DOWN, DOWN",
    "UP, UNKNOWN, UNKNOWN",
    "DOWN, DOWN, DOWN",
    "DOWN, UNKNOWN, DOWN",
    "UNKNOWN, UNKNOWN, UNKNOWN"
  })
  void bothEndsViewsOfATunnelAreJoined(TunnelState one, TunnelState other, TunnelState joined) {
    assertThat(one.join(other)).isEqualTo(joined);
    assertThat(other.join(one)).isEqualTo(joined);
  }
}
