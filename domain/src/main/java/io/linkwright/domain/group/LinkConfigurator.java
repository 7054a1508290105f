package io.linkwright.domain.group;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.LinkKeyMaterial;
import io.linkwright.domain.link.LinkKeyMaterial.Purpose;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelKeys.AwaitingEnrollment;
import io.linkwright.domain.link.TunnelKeys.PresharedKey;
import io.linkwright.domain.link.TunnelKeys.SecurityAssociations;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import io.linkwright.domain.member.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out a link's configuration from its two members, with new keys and SPIs. */
final class LinkConfigurator {
  private LinkConfigurator() {}

  /**
   * The configuration of a link between two members as they are now.
   *
   * @param keyVersion the link's next
   */
  static LinkConfiguration configure(
      GroupState.Active group, LinkId link, int keyVersion, KeySeed seed) {
    MemberNode endA = group.contents().node(link.edgeA());
    MemberNode endB = group.contents().node(link.edgeB());
    TunnelProtocol protocol = group.settings().tunnelProtocol();
    Purpose purpose = new Purpose(link, keyVersion, protocol, group.settings().tunnelCount());
    List<TunnelKeys> keys =
        isEnrolled(endA) && isEnrolled(endB)
            ? keys(
                seed,
                purpose,
                new SpiAllocation(seed, purpose, endA, endB),
                group.settings().associations().algorithm())
            : awaiting(purpose);

    List<Tunnel> tunnels = new ArrayList<>(purpose.tunnelCount());
    for (int index = 0; index < purpose.tunnelCount(); index++) {
      TunnelKeys tunnelKeys = keys.get(index);
      tunnels.add(
          new Tunnel(
              index,
              tunnelEnd(endA.member(), index, tunnelKeys),
              tunnelEnd(endB.member(), index, tunnelKeys),
              tunnelKeys));
    }
    return new LinkConfiguration(
        link,
        protocol,
        keyVersion,
        linkEnd(endA.member()),
        linkEnd(endB.member()),
        tunnels,
        group.settings().associations().limits());
  }

  private static boolean isEnrolled(MemberNode node) {
    return node.member().keys().isPresent();
  }

  private static List<TunnelKeys> awaiting(Purpose purpose) {
    List<TunnelKeys> keys = new ArrayList<>(purpose.tunnelCount());
    for (int index = 0; index < purpose.tunnelCount(); index++) {
      keys.add(new AwaitingEnrollment());
    }
    return keys;
  }

  private static List<TunnelKeys> keys(
      KeySeed seed, Purpose purpose, SpiAllocation spis, SaAlgorithm algorithm) {
    LinkKeyMaterial material = LinkKeyMaterial.derive(seed, purpose);
    List<TunnelKeys> keys = new ArrayList<>(purpose.tunnelCount());
    for (int index = 0; index < purpose.tunnelCount(); index++) {
      keys.add(
          switch (material.secrets().tunnels().get(index)) {
            case PresharedSecret preshared ->
                new PresharedKey(TunnelSecrets.fingerprint(preshared.key()));
            case SaSecrets associations ->
                new SecurityAssociations(
                    association(
                        spis.atB(aToB(index), material.spiCandidates().get(aToB(index))),
                        algorithm,
                        associations.aToB()),
                    association(
                        spis.atA(aToB(index) + 1, material.spiCandidates().get(aToB(index) + 1)),
                        algorithm,
                        associations.bToA()));
          });
    }
    return keys;
  }

  /** Place of this direction among the candidates; that of the other follows. */
  private static int aToB(int tunnelIndex) {
    return LinkKeyMaterial.DIRECTIONS * tunnelIndex;
  }

  private static SecurityAssociation association(long spi, SaAlgorithm algorithm, byte[] key) {
    return new SecurityAssociation(spi, algorithm, TunnelSecrets.fingerprint(key));
  }

  private static LinkEnd linkEnd(Member member) {
    return new LinkEnd(member.edge(), member.endpoint(), member.allowedSubnets());
  }

  private static TunnelEnd tunnelEnd(Member member, int index, TunnelKeys tunnelKeys) {
    return new TunnelEnd(
        member.overlayAddresses().get(index),
        switch (tunnelKeys) {
          case AwaitingEnrollment _, SecurityAssociations _ -> Optional.empty();
          case PresharedKey _ -> member.keys().map(keys -> keys.wireGuard().get(index));
        });
  }
}
