package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;

/** A link as an event has it: all that is public about it. */
public record LinkConfigurationAnswer(
    LinkId id,
    EdgeId edgeA,
    EdgeId edgeB,
    TunnelProtocol protocol,
    int keyVersion,
    Optional<Long> rekeyAfterBytes,
    Optional<Long> rekeyAfterPackets,
    End endA,
    End endB,
    List<ConfiguredTunnel> tunnels)
    implements EventLink {

  /** Copies the list. */
  public LinkConfigurationAnswer {
    tunnels = List.copyOf(tunnels);
  }

  /** This link as the API shows it. */
  static LinkConfigurationAnswer of(LinkConfiguration link) {
    return new LinkConfigurationAnswer(
        link.id(),
        link.id().edgeA(),
        link.id().edgeB(),
        link.protocol(),
        link.keyVersion(),
        link.limits().bytes(),
        link.limits().packets(),
        End.of(link.endA()),
        End.of(link.endB()),
        link.tunnels().stream().map(ConfiguredTunnel::of).toList());
  }

  /** What the far end must know of a member to reach it. */
  public record End(EdgeId edge, Optional<Endpoint> endpoint, List<Cidr> allowedSubnets) {

    /** Copies the list. */
    public End {
      allowedSubnets = List.copyOf(allowedSubnets);
    }

    private static End of(LinkEnd end) {
      return new End(end.edge(), end.endpoint(), end.allowedSubnets());
    }
  }

  /**
   * One of the link's tunnels.
   *
   * @param keys nothing while it waits for an edge
   */
  public record ConfiguredTunnel(
      int index,
      @JsonProperty("interface") String interfaceName,
      InnerEnd endA,
      InnerEnd endB,
      Optional<Keys> keys) {

    private static ConfiguredTunnel of(Tunnel tunnel) {
      return new ConfiguredTunnel(
          tunnel.index(),
          tunnel.interfaceName(),
          InnerEnd.of(tunnel.endA()),
          InnerEnd.of(tunnel.endB()),
          Keys.of(tunnel.keys()));
    }
  }

  /** One end of a tunnel, from within. */
  public record InnerEnd(IpAddress overlayAddress, Optional<PublicKey> wireGuardKey) {

    private static InnerEnd of(TunnelEnd end) {
      return new InnerEnd(end.overlayAddress(), end.wireGuardKey());
    }
  }

  /** Enough to recognize a tunnel's keys by. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
  @JsonSubTypes({
    @JsonSubTypes.Type(Keys.Preshared.class),
    @JsonSubTypes.Type(Keys.Associations.class)
  })
  public sealed interface Keys {

    /** Of WireGuard. */
    record Preshared(String presharedKeyFingerprint) implements Keys {}

    /** Of IPsec. */
    record Associations(Association aToB, Association bToA) implements Keys {}

    private static Optional<Keys> of(TunnelKeys keys) {
      return switch (keys) {
        case TunnelKeys.AwaitingEnrollment _ -> Optional.empty();
        case TunnelKeys.PresharedKey(String fingerprint) -> Optional.of(new Preshared(fingerprint));
        case TunnelKeys.SecurityAssociations(SecurityAssociation aToB, SecurityAssociation bToA) ->
            Optional.of(new Associations(Association.of(aToB), Association.of(bToA)));
      };
    }
  }

  /** One direction of an IPsec tunnel. */
  public record Association(long spi, SaAlgorithm algorithm, String fingerprint) {

    private static Association of(SecurityAssociation association) {
      return new Association(association.spi(), association.algorithm(), association.fingerprint());
    }
  }
}
