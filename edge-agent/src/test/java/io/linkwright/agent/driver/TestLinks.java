package io.linkwright.agent.driver;

import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.member.MemberKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Links of the edge {@code hub} to peers with numbers, all different from each other. */
record TestLinks(TunnelProtocol protocol, GroupId group, SaAlgorithm algorithm, SaLimits limits) {
  static final EdgeId SELF = new EdgeId("hub");
  private static final IpAddress UNDERLAY = IpAddress.parse("192.0.0.0");
  private static final IpAddress OVERLAY = IpAddress.parse("10.0.0.0");
  private static final IpAddress LAN = IpAddress.parse("172.16.0.0");
  private static final int PORT = 51820;

  TestLinks(TunnelProtocol protocol) {
    this(protocol, new GroupId("backbone"));
  }

  TestLinks(TunnelProtocol protocol, GroupId group) {
    this(protocol, group, SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128, SaLimits.NONE);
  }

  static LinkId id(int peer) {
    return LinkId.between(SELF, new EdgeId("peer-%04d".formatted(peer)));
  }

  static PublicKey key(int peer, int index) {
    return PublicKey.ofBytes(random(peer, index, 0, MemberKeys.WIREGUARD_LENGTH_BYTES));
  }

  /** The inbound SPI of a tunnel, as the kernel writes it. */
  static String inboundSpi(int peer, int index, int version) {
    return "0x%08x".formatted(spi(peer, index, version));
  }

  static String outboundSpi(int peer, int index, int version) {
    return "0x%08x".formatted(spi(peer, index, version) + 1);
  }

  private static long spi(int peer, int index, int version) {
    return 0x1000L + peer * 0x100L + version * 0x10L + index * 2L;
  }

  /** The peers' subnets, in the primary and the secondary tunnel alike. */
  static Cidr lan(int peer) {
    return new Cidr(LAN.plus(peer * 256L), 24);
  }

  /** The same, of IPv6. */
  static Cidr lan6(int peer) {
    return Cidr.parse("2001:db8:%x::/48".formatted(peer + 1));
  }

  static IpAddress overlay(int peer, int index) {
    return OVERLAY.plus(index * 0x1_0000L + peer + 2);
  }

  TunnelPlan set(PeerLink... links) {
    return TunnelPlan.of(group, List.of(links), List.of());
  }

  TunnelPlan remove(int peer) {
    return TunnelPlan.of(group, List.of(), List.of(id(peer)));
  }

  TunnelPlan switchOver(int peer) {
    return new TunnelPlan(group, List.of(), List.of(), List.of(id(peer)), List.of());
  }

  TunnelPlan retire(int peer) {
    return new TunnelPlan(group, List.of(), List.of(), List.of(), List.of(id(peer)));
  }

  PeerLink link(int peer, int version) {
    return link(peer, version, 1);
  }

  PeerLink link(int peer, int version, int tunnelCount) {
    return link(peer, version, tunnelCount, UNDERLAY.plus(peer + 2).toString());
  }

  PeerLink link(int peer, int version, int tunnelCount, String peerHost) {
    List<PeerTunnel> tunnels = new ArrayList<>();
    List<TunnelSecrets> secrets = new ArrayList<>();
    for (int index = 0; index < tunnelCount; index++) {
      tunnels.add(tunnel(peer, version, index, peerHost));
      secrets.add(
          switch (protocol) {
            case WIREGUARD ->
                new TunnelSecrets.PresharedSecret(
                    random(peer, index, version, TunnelSecrets.PresharedSecret.LENGTH_BYTES));
            case IPSEC ->
                new TunnelSecrets.SaSecrets(
                    random(peer, index, version, TunnelSecrets.SaSecrets.LENGTH_BYTES),
                    random(peer, index, -version, TunnelSecrets.SaSecrets.LENGTH_BYTES));
          });
    }
    EdgeId other = id(peer).peerOf(SELF);
    return new PeerLink(
        new PeerConfiguration(
            group, version, id(peer), SELF, other, protocol, version, tunnels, limits),
        new LinkSecrets(id(peer), version, secrets));
  }

  private PeerTunnel tunnel(int peer, int version, int index, String peerHost) {
    return new PeerTunnel(
        index,
        Tunnel.interfaceName(index),
        OVERLAY.plus(index * 0x1_0000L + 1),
        overlay(peer, index),
        Optional.of(new Endpoint(UNDERLAY.plus(1).toString(), PORT)),
        Optional.of(new Endpoint(peerHost, PORT)),
        List.of(),
        List.of(Cidr.host(overlay(peer, index)), lan(peer), lan6(peer)),
        switch (protocol) {
          case WIREGUARD -> new PeerKeys.WireGuardPeer(key(peer, index), "fingerprint");
          case IPSEC ->
              new PeerKeys.IpsecPeer(
                  association(spi(peer, index, version)),
                  association(spi(peer, index, version) + 1));
        });
  }

  private SecurityAssociation association(long spi) {
    return new SecurityAssociation(spi, algorithm, "fingerprint");
  }

  private static byte[] random(int peer, int index, int version, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    new Random(peer * 1_000_003L + index * 7_919L + version * 104_729L).nextBytes(bytes);
    return bytes;
  }
}
