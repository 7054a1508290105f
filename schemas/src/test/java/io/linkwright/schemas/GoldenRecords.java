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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One record of each kind, with every field in use somewhere. Names are those of golden files. */
final class GoldenRecords {
  private static final GroupId GROUP = new GroupId("abilene");
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId KANSAS_CITY = new EdgeId("kansas-city");
  private static final LinkId LINK = LinkId.between(DENVER, KANSAS_CITY);
  private static final LinkId OTHER_LINK = LinkId.between(DENVER, new EdgeId("seattle"));
  private static final UUID EVENT_ID = UUID.fromString("0197f3a0-1c2d-7e4f-8a5b-6c7d8e9fa0b1");
  private static final Instant TIME = Instant.parse("2026-07-14T10:20:30.123456Z");
  private static final Endpoint ENDPOINT = new Endpoint("denver.example.net", 51_820);
  private static final TokenHash TOKEN = new TokenHash("0123456789abcdef".repeat(4));
  private static final SaLimits LIMITS = new SaLimits(Optional.of(1L << 40), Optional.of(1L << 30));
  private static final List<Cidr> SUBNETS =
      List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("2001:db8:1::/48"));

  private GoldenRecords() {}

  static Map<String, GroupEvent> events() {
    Map<String, GroupEvent> events = new LinkedHashMap<>();
    ofVersion2().forEach((name, event) -> events.put(name + "-3", event));
    events.put("GroupRecovered-3", new GroupEvent.GroupRecovered(40));
    return events;
  }

  /** Written with schemas of former versions, and read as this. */
  static Map<String, GroupEvent> formerEvents() {
    Map<String, GroupEvent> events = new LinkedHashMap<>(ofVersion1());
    ofVersion2().forEach((name, event) -> events.put(name + "-2", event));
    return events;
  }

  /** With a schema of the second version. */
  private static Map<String, GroupEvent> ofVersion2() {
    Map<String, GroupEvent> events = new LinkedHashMap<>();
    events.putAll(ofVersion1());
    events.put("GroupChanged-rekey", new GroupEvent.GroupChanged(rekeyedMonthly()));
    events.put(
        "MemberAdded-invited",
        new GroupEvent.MemberAdded(
            awaitingMember(Optional.of(new Enrollment.Invited(TOKEN, TIME)))));
    events.put(
        "MemberChanged-enrolled",
        new GroupEvent.MemberChanged(enrolledMember(Optional.of(new Enrollment.Enrolled(TOKEN)))));
    events.put(
        "MemberRevoked",
        new GroupEvent.MemberRevoked(
            awaitingMember(Optional.of(new Enrollment.Revoked())),
            List.of("00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100")));
    events.put("GroupChanged-associations", new GroupEvent.GroupChanged(counterMode()));
    events.put("LinkAdded-associations", new GroupEvent.LinkAdded(counterModeLink()));
    events.put("LinkSuspended", new GroupEvent.LinkSuspended(awaitingLink()));
    return events;
  }

  /** With a schema of the first version. */
  private static Map<String, GroupEvent> ofVersion1() {
    Map<String, GroupEvent> events = new LinkedHashMap<>();
    events.put(
        "GroupCreated",
        new GroupEvent.GroupCreated(settings(Topology.PARTIAL_MESH, Optional.empty())));
    events.put(
        "GroupChanged",
        new GroupEvent.GroupChanged(settings(Topology.HUB_SPOKE, Optional.of(DENVER))));
    events.put("GroupDeleted", new GroupEvent.GroupDeleted());
    events.put("MemberAdded", new GroupEvent.MemberAdded(awaitingMember(Optional.empty())));
    events.put("MemberChanged", new GroupEvent.MemberChanged(enrolledMember(Optional.empty())));
    events.put("MemberRemoved", new GroupEvent.MemberRemoved(DENVER));
    events.put("LinkAdded", new GroupEvent.LinkAdded(ipsecLink()));
    events.put("LinkAdded-awaiting-enrollment", new GroupEvent.LinkAdded(awaitingLink()));
    events.put("LinkChanged", new GroupEvent.LinkChanged(wireGuardLink()));
    events.put("LinkRemoved", new GroupEvent.LinkRemoved(LINK));
    return events;
  }

  static Map<String, TopologyEvent> topologyEvents() {
    Map<String, TopologyEvent> events = new LinkedHashMap<>();
    events.put("MemberIsolated", new TopologyEvent.MemberIsolated(DENVER));
    events.put("MemberConnected", new TopologyEvent.MemberConnected(KANSAS_CITY));
    events.put("GroupSplit", new TopologyEvent.GroupSplit(LINK, 2));
    events.put("GroupJoined", new TopologyEvent.GroupJoined(LINK, 1));
    events.put("MeshComplete", new TopologyEvent.MeshComplete(11, 55));
    return events;
  }

  static Map<String, EdgeConfiguration> edgeConfigurations() {
    SignedDocument document = new SignedDocument(bytes(40, 1), "0123456789abcdef", bytes(64, 2));
    SealedSecrets secrets =
        new SealedSecrets("xwing-aes256gcm-1", 3, bytes(1_120, 3), bytes(12, 4), bytes(80, 5));
    return Map.of(
        "EdgeConfigChanged-link",
        new EdgeConfiguration(
            EdgeConfigKey.ofLink(DENVER, GROUP, LINK), 42, document, Optional.of(secrets)),
        "EdgeConfigChanged-membership",
        new EdgeConfiguration(
            EdgeConfigKey.ofMembership(DENVER, GROUP), 7, document, Optional.empty()));
  }

  private static List<TunnelStatus> tunnels() {
    return List.of(
        new TunnelStatus(LINK, 0, TunnelState.UP),
        new TunnelStatus(LINK, 1, TunnelState.DOWN),
        new TunnelStatus(OTHER_LINK, 0, TunnelState.UNKNOWN));
  }

  static Map<String, EdgeStatus> edgeStatuses() {
    return Map.of("EdgeStatusReported-3", edgeStatus(keyChanges()));
  }

  /** What was written once, and is read as this: each record as if it opened its connection. */
  static Map<String, EdgeStatus> formerEdgeStatuses() {
    return Map.of(
        "EdgeStatusReported", edgeStatus(List.of()).opening(),
        "EdgeStatusReported-2", edgeStatus(keyChanges()).opening());
  }

  private static List<KeyChange> keyChanges() {
    return List.of(new KeyChange(LINK, 41, 37), KeyChange.undelivered(OTHER_LINK));
  }

  private static EdgeStatus edgeStatus(List<KeyChange> keyChanges) {
    return new EdgeStatus(
        GROUP,
        DENVER,
        "01JZ3K5",
        TIME,
        false,
        true,
        41,
        Optional.of("wg2: no such device"),
        tunnels(),
        keyChanges,
        TIME.plusSeconds(30));
  }

  static RecordedEvent recorded(GroupEvent payload) {
    return new RecordedEvent(
        EVENT_ID,
        GROUP,
        42,
        TIME,
        "ops@example.net",
        "add-dk-1",
        Optional.of(new CommandDigest("fedcba9876543210".repeat(4))),
        payload);
  }

  /** As former versions wrote it. */
  static RecordedEvent formerlyRecorded(GroupEvent payload) {
    return new RecordedEvent(EVENT_ID, GROUP, 42, TIME, "ops@example.net", "add-dk-1", payload);
  }

  static RecordedTopologyEvent recorded(TopologyEvent payload) {
    return new RecordedTopologyEvent(EVENT_ID, GROUP, 42, TIME, payload);
  }

  private static GroupSettings settings(Topology topology, Optional<EdgeId> hub) {
    return new GroupSettings(
        GROUP,
        "Abilene – 11 sites",
        topology,
        TunnelProtocol.IPSEC,
        true,
        hub,
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  private static GroupSettings rekeyedMonthly() {
    GroupSettings settings = settings(Topology.MESH, Optional.empty());
    return new GroupSettings(
        settings.id(),
        settings.name(),
        settings.topology(),
        settings.tunnelProtocol(),
        settings.dualTunnel(),
        settings.hub(),
        settings.addressPool(),
        Optional.of(RekeyInterval.parse("P30D")));
  }

  private static GroupSettings counterMode() {
    GroupSettings settings = rekeyedMonthly();
    return new GroupSettings(
        settings.id(),
        settings.name(),
        settings.topology(),
        settings.tunnelProtocol(),
        settings.dualTunnel(),
        settings.hub(),
        settings.addressPool(),
        settings.rekeyEvery(),
        new SaPolicy(SaAlgorithm.AES_GCM_256_ESN, LIMITS));
  }

  private static Member awaitingMember(Optional<Enrollment> enrollment) {
    return new Member(
        DENVER,
        "Denver",
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(IpAddress.parse("100.64.0.1")),
        enrollment);
  }

  private static Member enrolledMember(Optional<Enrollment> enrollment) {
    MemberKeys keys = new MemberKeys(key(32, 1), key(1_216, 2), List.of(key(32, 3), key(32, 4)));
    return new Member(
        DENVER,
        "Denver, Colorado",
        Optional.of(ENDPOINT),
        SUBNETS,
        Optional.of(new Position(39.75, -105.0)),
        Optional.of(keys),
        List.of(IpAddress.parse("100.64.0.1"), IpAddress.parse("100.64.128.1")),
        enrollment);
  }

  private static LinkConfiguration ipsecLink() {
    SaAlgorithm algorithm = SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128;
    TunnelKeys primary = associations(algorithm, 256, 4_294_967_295L);
    TunnelKeys secondary = associations(algorithm, 3_735_928_559L, 305_419_896);
    return link(
        TunnelProtocol.IPSEC,
        1,
        List.of(tunnel(0, Optional.empty(), primary), tunnel(1, Optional.empty(), secondary)));
  }

  private static LinkConfiguration counterModeLink() {
    LinkConfiguration link = ipsecLink();
    TunnelKeys keys = associations(SaAlgorithm.AES_GCM_256_ESN, 4_096, 4_097);
    return new LinkConfiguration(
        link.id(),
        link.protocol(),
        link.keyVersion(),
        link.endA(),
        link.endB(),
        List.of(tunnel(0, Optional.empty(), keys)),
        LIMITS);
  }

  private static LinkConfiguration awaitingLink() {
    return link(
        TunnelProtocol.IPSEC,
        1,
        List.of(tunnel(0, Optional.empty(), new TunnelKeys.AwaitingEnrollment())));
  }

  private static LinkConfiguration wireGuardLink() {
    TunnelKeys keys = new TunnelKeys.PresharedKey("00112233445566778899aabbccddeeff");
    return link(TunnelProtocol.WIREGUARD, 2, List.of(tunnel(0, Optional.of(key(32, 9)), keys)));
  }

  private static LinkConfiguration link(
      TunnelProtocol protocol, int keyVersion, List<Tunnel> tunnels) {
    return new LinkConfiguration(
        LINK,
        protocol,
        keyVersion,
        new LinkEnd(DENVER, Optional.of(ENDPOINT), SUBNETS),
        new LinkEnd(KANSAS_CITY, Optional.empty(), List.of()),
        tunnels);
  }

  private static Tunnel tunnel(int index, Optional<PublicKey> wireGuardKey, TunnelKeys keys) {
    return new Tunnel(
        index,
        new TunnelEnd(IpAddress.parse("100.64.0.1"), wireGuardKey),
        new TunnelEnd(IpAddress.parse("fd00::2"), wireGuardKey),
        keys);
  }

  private static TunnelKeys associations(SaAlgorithm algorithm, long spiAToB, long spiBToA) {
    return new TunnelKeys.SecurityAssociations(
        new SecurityAssociation(spiAToB, algorithm, "aa112233445566778899aabbccddeeff"),
        new SecurityAssociation(spiBToA, algorithm, "bb112233445566778899aabbccddeeff"));
  }

  private static PublicKey key(int lengthBytes, int value) {
    return PublicKey.ofBytes(bytes(lengthBytes, value));
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
