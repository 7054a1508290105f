package io.linkwright.topology.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.domain.member.EnrollmentStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is stored is read back, and its bytes are those of earlier releases. */
final class StoredRecordsTest {
  private static final GroupId GROUP = new GroupId("abilene");
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final LinkId LINK = LinkId.parse("denver~seattle");

  @Test
  void aGroupIsReadBackAndItsBytesStay() {
    GroupRecord group =
        new GroupRecord(
            Optional.of(
                new GroupSettings(
                    GROUP,
                    "Abilene ☼",
                    Topology.HUB_SPOKE,
                    TunnelProtocol.IPSEC,
                    true,
                    Optional.of(DENVER),
                    Cidr.parse("fd00:9::/64"),
                    Optional.of(RekeyInterval.parse("P30D")),
                    new SaPolicy(
                        SaAlgorithm.AES_GCM_256_ESN,
                        new SaLimits(Optional.of(1L << 40), Optional.empty())))),
            300,
            11,
            14,
            2,
            Optional.empty());
    assertThat(GroupRecord.read(GROUP, group.toBytes())).isEqualTo(group);
    assertThat(hex(group.toBytes()))
        .isEqualTo(
            "03ac020b0e02010b4162696c656e6520e298bc096875622d73706f6b650569707365630101"
                + "0664656e7665720b666430303a393a3a2f363401809a9e01"
                + "0f6165732d67636d2d3235362d65736e0180808080802000");
    assertThat(GroupRecord.read(GROUP, GroupRecord.UNSEEN.at(7).toBytes()))
        .isEqualTo(GroupRecord.UNSEEN.at(7));
  }

  @Test
  void aGroupOfAnEarlierReleaseIsReadWithTheDefaultsOfWhatItDidNotKnow() {
    String common =
        "ac020b0e02010b4162696c656e6520e298bc096875622d73706f6b650569707365630101"
            + "0664656e7665720b666430303a393a3a2f3634";
    byte[] firstVersion = HexFormat.of().parseHex("01" + common);
    byte[] secondVersion = HexFormat.of().parseHex("02" + common + "01809a9e01");

    assertThat(GroupRecord.read(GROUP, firstVersion)).isEqualTo(abilene(Optional.empty()));
    assertThat(GroupRecord.read(GROUP, secondVersion))
        .isEqualTo(abilene(Optional.of(RekeyInterval.parse("P30D"))));
    for (byte version = 1; version <= 2; version++) {
      assertThat(GroupRecord.read(GROUP, new byte[] {version, 7, 0, 0, 0, 0}))
          .isEqualTo(GroupRecord.UNSEEN.at(7));
    }
  }

  private static GroupRecord abilene(Optional<RekeyInterval> rekeyEvery) {
    GroupSettings settings =
        new GroupSettings(
            GROUP,
            "Abilene ☼",
            Topology.HUB_SPOKE,
            TunnelProtocol.IPSEC,
            true,
            Optional.of(DENVER),
            Cidr.parse("fd00:9::/64"),
            rekeyEvery,
            SaPolicy.DEFAULT);
    return new GroupRecord(Optional.of(settings), 300, 11, 14, 2, Optional.empty());
  }

  @Test
  void aMemberIsReadBack() {
    MemberRecord full =
        new MemberRecord(
            "Denver",
            Optional.of(Endpoint.parse("[2001:db8::1]:51820")),
            List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("fd00::/8")),
            Optional.of(new Position(-39.74, 104.99)),
            List.of(IpAddress.parse("100.64.0.1"), IpAddress.parse("100.64.0.2")),
            EnrollmentStanding.REVOKED);
    MemberRecord bare =
        new MemberRecord(
            "",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            EnrollmentStanding.AWAITING);
    assertThat(MemberRecord.read(full.toBytes())).isEqualTo(full);
    assertThat(MemberRecord.read(bare.toBytes())).isEqualTo(bare);
    assertThat(HexFormat.of().formatHex(bare.toBytes())).isEqualTo("01000000000000");
  }

  @Test
  void aNodeAndALinkAreReadBackAndTheirBytesStay() {
    NodeRecord node = new NodeRecord(3, 1_000_000, OptionalLong.of(128));
    LinkRecord link = new LinkRecord(TunnelProtocol.IPSEC, List.of(0, 1), 9, 200, 250, true);
    assertThat(NodeRecord.read(node.toBytes())).isEqualTo(node);
    assertThat(NodeRecord.read(NodeRecord.NEW.toBytes())).isEqualTo(NodeRecord.NEW);
    assertThat(LinkRecord.read(link.toBytes())).isEqualTo(link);
    assertThat(hex(node.toBytes())).isEqualTo("0103c0843d8001");
    assertThat(hex(link.toBytes())).isEqualTo("010102000109c8013201");
  }

  @Test
  void aStatusIsReadBack() {
    EdgeStatus status =
        new EdgeStatus(
            GROUP,
            DENVER,
            "connection",
            Instant.parse("1969-12-31T23:59:59.123456789Z"),
            true,
            77,
            Optional.of("no route"),
            List.of(
                new TunnelStatus(LINK, 0, TunnelState.UP),
                new TunnelStatus(LINK, 1, TunnelState.UNKNOWN)),
            Instant.parse("2026-03-01T12:00:00.000001Z"));
    byte[] bytes = new StatusRecord(status).toBytes();
    assertThat(StatusRecord.read(GROUP, DENVER, bytes).map(StatusRecord::heard)).hasValue(status);
  }

  @Test
  void aLogEntryIsReadBackWithEveryKindOfConsequence() {
    LogEntry entry =
        LogEntry.of(
            123_456_789_012L,
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            List.of(
                new MemberIsolated(DENVER),
                new MemberConnected(DENVER),
                new GroupSplit(LINK, 2),
                new GroupJoined(LINK, 1),
                new MeshComplete(128, 8_128)));
    assertThat(LogEntry.read(entry.toBytes())).isEqualTo(entry);
    assertThat(entry.isOf(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"))).isTrue();
    assertThat(entry.isOf(UUID.fromString("00112233-4455-6677-8899-aabbccddeefe"))).isFalse();
  }

  @Test
  void aLogEntryKeepsABoundedNumberOfConsequences() {
    List<TopologyEvent> many =
        Collections.nCopies(LogEntry.MAX_CONSEQUENCES + 1, new MemberIsolated(DENVER));
    assertThat(LogEntry.of(0, new UUID(0, 0), many).consequences())
        .hasSize(LogEntry.MAX_CONSEQUENCES);
  }

  @Test
  void aValueOfAnotherVersionIsRefused() {
    assertThatThrownBy(() -> NodeRecord.read(new byte[] {2, 0, 0, 0}))
        .isInstanceOf(UnreadableViewException.class)
        .hasMessageContaining("version 1");
    assertThatThrownBy(() -> GroupRecord.read(GROUP, new byte[] {5, 0, 0, 0, 0, 0}))
        .isInstanceOf(UnreadableViewException.class)
        .hasMessageContaining("version 1 to 4");
  }

  @Test
  void keysAreInTheOrderOfTheIds() {
    List<String> edges = new ArrayList<>(List.of("a", "a-b", "a0", "ab", "a-", "b", "0"));
    edges.remove("a-");
    Collections.sort(edges);
    List<String> byKey =
        edges.stream()
            .map(edge -> Keys.of(Keys.MEMBER, GROUP, new EdgeId(edge)))
            .sorted()
            .map(key -> Keys.slug(key, 1))
            .toList();
    assertThat(byKey).isEqualTo(edges);
    assertThat(Keys.of(Keys.LOG_ENTRY, GROUP, 255))
        .isLessThan(Keys.of(Keys.LOG_ENTRY, GROUP, 256))
        .isLessThan(Keys.endOf(Keys.of(Keys.LOG_ENTRY, GROUP)));
    assertThat(Keys.number(Keys.of(Keys.LOG_ENTRY, GROUP, 256))).isEqualTo(256);
  }

  @Test
  void aGroupsKeysAreApartFromThoseOfAGroupWhoseNameItBegins() {
    GroupId longer = new GroupId("abilene2");
    assertThat(Keys.endOf(Keys.of(Keys.MEMBER, GROUP))).isLessThan(Keys.of(Keys.MEMBER, longer));
    assertThat(Keys.link(Keys.ofLink(GROUP, LINK))).isEqualTo(LINK);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
