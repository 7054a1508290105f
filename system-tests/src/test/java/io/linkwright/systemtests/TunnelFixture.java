package io.linkwright.systemtests;

import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A group as its controller would configure it, for tests that need drivers only. */
final class TunnelFixture {
  static final GroupId GROUP = new GroupId("real");
  private static final IpAddress OVERLAY = IpAddress.parse("10.77.0.0");
  private static final int ADDRESSES_PER_TUNNEL = 256;
  private static final int PORT = 51_820;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TunnelProtocol protocol;
  private final List<Member> members;
  private final SaAlgorithm algorithm;

  /**
   * A member and where it is.
   *
   * @param host an address or a name
   * @param lans behind it
   */
  record Member(EdgeId edge, EdgeKeys keys, String host, List<Cidr> lans) {}

  TunnelFixture(TunnelProtocol protocol, List<Member> members) {
    this(protocol, members, SaPolicy.DEFAULT.algorithm());
  }

  TunnelFixture(TunnelProtocol protocol, List<Member> members, SaAlgorithm algorithm) {
    this.protocol = protocol;
    this.algorithm = algorithm;
    this.members = members;
  }

  /** The address of a member in the tunnels of this index. */
  IpAddress overlay(int member, int tunnelIndex) {
    return OVERLAY.plus((long) tunnelIndex * ADDRESSES_PER_TUNNEL + member + 1);
  }

  /** SPIs as this version of the link has them. */
  static long spiTo(int member, int tunnelIndex, int version) {
    return 0x10_0000L + version * 0x1000L + tunnelIndex * 0x100L + member;
  }

  LinkId link(int first, int second) {
    return LinkId.between(members.get(first).edge(), members.get(second).edge());
  }

  /** Both ends of a link with new keys, the first member's before the second's. */
  List<PeerLink> newKeys(int first, int second, int version, int tunnelCount) {
    LinkId link = link(first, second);
    boolean inOrder = link.edgeA().equals(members.get(first).edge());
    int a = inOrder ? first : second;
    int b = inOrder ? second : first;
    byte[] seed = new byte[KeySeed.LENGTH_BYTES];
    RANDOM.nextBytes(seed);
    LinkSecrets secrets =
        LinkSecrets.derive(new KeySeed(seed), link, version, protocol, tunnelCount);
    List<Tunnel> tunnels = new ArrayList<>();
    for (int index = 0; index < tunnelCount; index++) {
      tunnels.add(new Tunnel(index, end(a, index), end(b, index), keys(a, b, index, version)));
    }
    LinkDocument document =
        new LinkDocument(
            GROUP,
            version,
            new LinkConfiguration(link, protocol, version, linkEnd(a), linkEnd(b), tunnels),
            "",
            "");
    return List.of(side(document, secrets, first), side(document, secrets, second));
  }

  private PeerLink side(LinkDocument document, LinkSecrets secrets, int member) {
    return new PeerLink(PeerConfiguration.of(document, members.get(member).edge()), secrets);
  }

  private LinkEnd linkEnd(int member) {
    Member end = members.get(member);
    return new LinkEnd(end.edge(), Optional.of(new Endpoint(end.host(), PORT)), end.lans());
  }

  private TunnelEnd end(int member, int index) {
    return new TunnelEnd(
        overlay(member, index),
        switch (protocol) {
          case WIREGUARD ->
              Optional.of(members.get(member).keys().publicKeys().wireGuard().get(index));
          case IPSEC -> Optional.empty();
        });
  }

  private TunnelKeys keys(int a, int b, int index, int version) {
    return switch (protocol) {
      case WIREGUARD -> new TunnelKeys.PresharedKey("");
      case IPSEC ->
          new TunnelKeys.SecurityAssociations(
              association(spiTo(b, index, version)), association(spiTo(a, index, version)));
    };
  }

  private SecurityAssociation association(long spi) {
    return new SecurityAssociation(spi, algorithm, "");
  }
}
