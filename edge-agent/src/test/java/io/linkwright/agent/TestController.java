package io.linkwright.agent;

import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.edgeprotocol.SecretsDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes what a controller makes, for one group: every change gets the next revision. */
public final class TestController {
  private static final long FIRST_SPI = 0x1000;

  private final GroupId group;
  private final TunnelProtocol protocol;
  private final int tunnelCount;
  private final RandomGenerator random;
  private final ControllerKey key;
  private final Map<EdgeId, EdgeKeys> keys;
  private final SecretSealer sealer = new SecretSealer();
  private final Map<LinkId, Integer> keyVersions = new HashMap<>();
  private long revision;
  private long nextSpi = FIRST_SPI;

  public TestController(
      GroupId group, TunnelProtocol protocol, int tunnelCount, RandomGenerator random) {
    this.group = group;
    this.protocol = protocol;
    this.tunnelCount = tunnelCount;
    this.random = random;
    this.key = ControllerKey.generate();
    this.keys = new HashMap<>();
  }

  private TestController(GroupId group, TestController other) {
    this.group = group;
    this.protocol = other.protocol;
    this.tunnelCount = other.tunnelCount;
    this.random = other.random;
    this.key = other.key;
    this.keys = other.keys;
  }

  /** The same controller for the same edges in another group. */
  public TestController inGroup(GroupId other) {
    return new TestController(other, this);
  }

  /** One of the two ends' updates. */
  public record Ends(long revision, LinkId link, LinkUpdate atA, LinkUpdate atB) {
    public LinkUpdate at(EdgeId edge) {
      return link.edgeA().equals(edge) ? atA : atB;
    }
  }

  public GroupId group() {
    return group;
  }

  public ControllerKey key() {
    return key;
  }

  public long revision() {
    return revision;
  }

  public EdgeKeys keysOf(EdgeId edge) {
    return keys.computeIfAbsent(edge, _ -> EdgeKeys.generate());
  }

  /** An event that concerns other edges. */
  public long elsewhere() {
    return ++revision;
  }

  public SignedDocument membership(EdgeId edge) {
    return membership(edge, ++revision);
  }

  public SignedDocument membership(EdgeId edge, long atRevision) {
    return key.sign(
        Documents.write(
            new MembershipDocument(
                group,
                atRevision,
                edge,
                edge.value(),
                keysOf(edge).publicKeys().identity(),
                List.of(IpAddress.parse("100.64.0.1")))));
  }

  /** Adds or rekeys a link. */
  public Ends link(EdgeId one, EdgeId other) {
    LinkId link = LinkId.between(one, other);
    LinkSecrets secrets = secrets(link, keyVersions.merge(link, 1, Integer::sum));
    return publish(++revision, configuration(link, secrets), secrets);
  }

  /** The link was removed, and added again since. */
  public Ends linkAnew(EdgeId one, EdgeId other) {
    keyVersions.remove(LinkId.between(one, other));
    elsewhere();
    return link(one, other);
  }

  /** Seals and signs whatever is asked for. */
  public Ends publish(long atRevision, LinkConfiguration configuration, LinkSecrets secrets) {
    LinkId link = configuration.id();
    SealedSecrets atA = seal(link.edgeA(), secrets);
    SealedSecrets atB = seal(link.edgeB(), secrets);
    SignedDocument document =
        key.sign(
            Documents.write(
                new LinkDocument(
                    group,
                    atRevision,
                    configuration,
                    SecretsDigest.of(atA),
                    SecretsDigest.of(atB))));
    return new Ends(
        atRevision,
        link,
        new LinkUpdate(link, atRevision, document, atA),
        new LinkUpdate(link, atRevision, document, atB));
  }

  public LinkSecrets secrets(LinkId link, int keyVersion) {
    List<TunnelSecrets> tunnels = new ArrayList<>();
    for (int index = 0; index < tunnelCount; index++) {
      tunnels.add(
          switch (protocol) {
            case WIREGUARD -> new PresharedSecret(bytes(PresharedSecret.LENGTH_BYTES));
            case IPSEC ->
                new SaSecrets(bytes(SaSecrets.LENGTH_BYTES), bytes(SaSecrets.LENGTH_BYTES));
          });
    }
    return new LinkSecrets(link, keyVersion, tunnels);
  }

  public LinkConfiguration configuration(LinkId link, LinkSecrets secrets) {
    List<Tunnel> tunnels = new ArrayList<>();
    for (TunnelSecrets tunnel : secrets.tunnels()) {
      int index = tunnels.size();
      tunnels.add(
          new Tunnel(
              index,
              new TunnelEnd(IpAddress.parse("100.64.0.1"), wireGuardKey(link.edgeA(), index)),
              new TunnelEnd(IpAddress.parse("100.64.0.2"), wireGuardKey(link.edgeB(), index)),
              tunnelKeys(tunnel)));
    }
    return new LinkConfiguration(
        link,
        protocol,
        secrets.keyVersion(),
        new LinkEnd(link.edgeA(), Optional.of(new Endpoint("192.0.2.1", 51820)), List.of()),
        new LinkEnd(link.edgeB(), Optional.of(new Endpoint("192.0.2.2", 51820)), List.of()),
        tunnels);
  }

  private SealedSecrets seal(EdgeId edge, LinkSecrets secrets) {
    return sealer.seal(group, edge, keysOf(edge).publicKeys().sealing(), secrets);
  }

  private Optional<PublicKey> wireGuardKey(EdgeId edge, int index) {
    return switch (protocol) {
      case WIREGUARD -> Optional.of(keysOf(edge).publicKeys().wireGuard().get(index));
      case IPSEC -> Optional.empty();
    };
  }

  private TunnelKeys tunnelKeys(TunnelSecrets secrets) {
    return switch (secrets) {
      case PresharedSecret preshared ->
          new TunnelKeys.PresharedKey(TunnelSecrets.fingerprint(preshared.key()));
      case SaSecrets associations ->
          new TunnelKeys.SecurityAssociations(
              association(associations.aToB()), association(associations.bToA()));
    };
  }

  private SecurityAssociation association(byte[] keyBytes) {
    return new SecurityAssociation(
        nextSpi++, SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128, TunnelSecrets.fingerprint(keyBytes));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
