package io.linkwright.schemas;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.CommandDigest;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.TokenHash;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Records of the domain, any that it allows, the same for the same seed. */
final class RandomRecords {
  private static final String SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String TEXT_LETTERS = "Aé ß漢字🙂\"\\\n\u0000x";
  private static final long LATEST_EPOCH_SECOND = 4_102_444_800L; // the year 2100

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  RecordedEvent event() {
    GroupId group = new GroupId(slug());
    return new RecordedEvent(
        new UUID(random.nextLong(), random.nextLong()),
        group,
        1 + random.nextLong(Long.MAX_VALUE),
        instant(),
        text(),
        text(),
        maybe(() -> new CommandDigest(HexFormat.of().formatHex(bytes(32)))),
        payload(group));
  }

  RecordedTopologyEvent topologyEvent() {
    TopologyEvent payload =
        switch (random.nextInt(5)) {
          case 0 -> new TopologyEvent.MemberIsolated(edge());
          case 1 -> new TopologyEvent.MemberConnected(edge());
          case 2 -> new TopologyEvent.GroupSplit(link(), random.nextInt(10_000));
          case 3 -> new TopologyEvent.GroupJoined(link(), random.nextInt(10_000));
          default -> new TopologyEvent.MeshComplete(random.nextLong(), random.nextLong());
        };
    return new RecordedTopologyEvent(
        new UUID(random.nextLong(), random.nextLong()),
        new GroupId(slug()),
        random.nextLong(),
        instant(),
        payload);
  }

  EdgeConfiguration edgeConfiguration() {
    LinkId link = link();
    SignedDocument document = new SignedDocument(bytes(random.nextInt(2_000)), text(), bytes(64));
    GroupId group = new GroupId(slug());
    return random.nextBoolean()
        ? new EdgeConfiguration(
            EdgeConfigKey.ofMembership(link.edgeA(), group),
            random.nextLong(Revision.MAX + 1),
            document,
            Optional.empty())
        : new EdgeConfiguration(
            EdgeConfigKey.ofLink(link.edgeA(), group, link),
            random.nextLong(Revision.MAX + 1),
            document,
            Optional.of(
                new SealedSecrets(
                    text(),
                    random.nextInt(),
                    bytes(1_120),
                    bytes(12),
                    bytes(random.nextInt(300)))));
  }

  EdgeStatus edgeStatus() {
    EdgeId edge = edge();
    List<LinkId> links =
        upTo(5, _ -> LinkId.between(edge, new EdgeId("a-" + slug()))).stream().distinct().toList();
    return new EdgeStatus(
        new GroupId(slug()),
        edge,
        text(),
        instant(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextLong(Revision.MAX + 1),
        maybe(this::text),
        links.stream()
            .flatMap(
                link ->
                    IntStream.range(0, random.nextInt(3))
                        .mapToObj(
                            index -> new TunnelStatus(link, index, any(TunnelState.values()))))
            .toList(),
        links.stream()
            .filter(_ -> random.nextBoolean())
            .map(link -> new KeyChange(link, random.nextLong(99), random.nextLong(99)))
            .toList(),
        instant());
  }

  private GroupEvent payload(GroupId group) {
    return switch (random.nextInt(12)) {
      case 0 -> new GroupEvent.GroupCreated(settings(group));
      case 1 -> new GroupEvent.GroupChanged(settings(group));
      case 2 -> new GroupEvent.GroupDeleted();
      case 3 -> new GroupEvent.MemberAdded(member());
      case 4 -> new GroupEvent.MemberChanged(member());
      case 5 -> new GroupEvent.MemberRemoved(edge());
      case 6 -> new GroupEvent.LinkAdded(linkConfiguration());
      case 7 -> new GroupEvent.LinkChanged(linkConfiguration());
      case 8 -> new GroupEvent.MemberRevoked(member(), upTo(4, _ -> text()));
      case 9 -> new GroupEvent.LinkSuspended(linkConfiguration());
      case 10 -> new GroupEvent.GroupRecovered(random.nextLong(Long.MAX_VALUE));
      default -> new GroupEvent.LinkRemoved(link());
    };
  }

  private GroupSettings settings(GroupId group) {
    return new GroupSettings(
        group,
        text(),
        any(Topology.values()),
        any(TunnelProtocol.values()),
        random.nextBoolean(),
        maybe(this::edge),
        subnet(),
        maybe(this::rekeyInterval),
        new SaPolicy(any(SaAlgorithm.values()), limits()));
  }

  private SaLimits limits() {
    return new SaLimits(
        maybe(() -> random.nextLong(SaLimits.MIN_BYTES, SaLimits.MAX_BYTES)),
        maybe(() -> random.nextLong(SaLimits.MIN_PACKETS, SaLimits.MAX_PACKETS)));
  }

  private RekeyInterval rekeyInterval() {
    return new RekeyInterval(RekeyInterval.MIN.plusSeconds(random.nextInt(1_000_000)));
  }

  private Member member() {
    return new Member(
        edge(),
        text(),
        maybe(this::endpoint),
        upTo(4, _ -> subnet()),
        maybe(() -> new Position(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180)),
        maybe(this::memberKeys),
        upTo(2, _ -> address()),
        maybe(this::enrollment));
  }

  private Enrollment enrollment() {
    return switch (random.nextInt(3)) {
      case 0 -> new Enrollment.Invited(tokenHash(), instant());
      case 1 -> new Enrollment.Enrolled(tokenHash());
      default -> new Enrollment.Revoked();
    };
  }

  private TokenHash tokenHash() {
    return new TokenHash(HexFormat.of().formatHex(bytes(32)));
  }

  private MemberKeys memberKeys() {
    return new MemberKeys(
        key(MemberKeys.IDENTITY_LENGTH_BYTES),
        key(MemberKeys.SEALING_LENGTH_BYTES),
        random.nextBoolean() ? List.of() : List.of(wireGuardKey(), wireGuardKey()));
  }

  private LinkConfiguration linkConfiguration() {
    LinkId link = link();
    List<Tunnel> tunnels =
        IntStream.rangeClosed(0, random.nextInt(2)).mapToObj(this::tunnel).toList();
    return new LinkConfiguration(
        link,
        any(TunnelProtocol.values()),
        1 + random.nextInt(1_000),
        linkEnd(link.edgeA()),
        linkEnd(link.edgeB()),
        tunnels,
        limits());
  }

  private LinkEnd linkEnd(EdgeId edge) {
    return new LinkEnd(edge, maybe(this::endpoint), upTo(4, _ -> subnet()));
  }

  private Tunnel tunnel(int index) {
    return new Tunnel(index, tunnelEnd(), tunnelEnd(), tunnelKeys());
  }

  private TunnelEnd tunnelEnd() {
    return new TunnelEnd(address(), maybe(this::wireGuardKey));
  }

  private TunnelKeys tunnelKeys() {
    return switch (random.nextInt(3)) {
      case 0 -> new TunnelKeys.AwaitingEnrollment();
      case 1 -> new TunnelKeys.PresharedKey(fingerprint());
      default -> new TunnelKeys.SecurityAssociations(association(), association());
    };
  }

  private SecurityAssociation association() {
    long spi = random.nextLong(SecurityAssociation.MIN_SPI, SecurityAssociation.MAX_SPI + 1);
    return new SecurityAssociation(spi, any(SaAlgorithm.values()), fingerprint());
  }

  private LinkId link() {
    EdgeId one = edge();
    EdgeId other = edge();
    return one.equals(other) ? link() : LinkId.between(one, other);
  }

  private EdgeId edge() {
    return new EdgeId(slug());
  }

  private String slug() {
    StringBuilder slug = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      slug.append(SLUG_LETTERS.charAt(random.nextInt(SLUG_LETTERS.length())));
    }
    return slug.toString();
  }

  private String text() {
    int[] letters = TEXT_LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private Endpoint endpoint() {
    String host = random.nextBoolean() ? slug() + ".example.net" : address().toString();
    return new Endpoint(host, 1 + random.nextInt(65_535));
  }

  private IpAddress address() {
    return IpAddress.ofBytes(bytes(random.nextInt(4) == 0 ? 16 : 4));
  }

  private Cidr subnet() {
    return Cidr.host(address());
  }

  private PublicKey wireGuardKey() {
    return key(MemberKeys.WIREGUARD_LENGTH_BYTES);
  }

  private PublicKey key(int lengthBytes) {
    return PublicKey.ofBytes(bytes(lengthBytes));
  }

  private String fingerprint() {
    return HexFormat.of().formatHex(bytes(16));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(LATEST_EPOCH_SECOND), 1_000L * random.nextInt(1_000_000));
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> upTo(int most, IntFunction<T> value) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(value).toList();
  }
}
