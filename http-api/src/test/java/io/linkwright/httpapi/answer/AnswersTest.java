package io.linkwright.httpapi.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ApiJson.UnreadableAnswerException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers as bytes and back. */
final class AnswersTest {
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final LinkId LINK = LinkId.parse("denver~seattle");

  @Test
  void aGroupHasItsSettingsBesideItsCounts() {
    GroupAnswer group =
        new GroupAnswer(
            settings(),
            7,
            2,
            0,
            List.of(DENVER),
            Optional.of(new DamageAnswer(1, 20, 8, "why")),
            List.of(
                new Notice(
                    Notice.ISOLATED_MEMBER,
                    Notice.INFO,
                    Optional.of(DENVER),
                    Optional.empty(),
                    "words")));

    assertThat(written(group))
        .isEqualTo(
            """
            {"id":"west","name":"West","topology":"partial-mesh","tunnelProtocol":"ipsec",\
            "dualTunnel":true,"hub":null,"addressPool":"100.64.0.0/16","rekeyEvery":null,\
            "saAlgorithm":"aes-cbc-256-hmac-sha-256-128","rekeyAfterBytes":null,\
            "rekeyAfterPackets":null,"revision":7,"memberCount":2,"linkCount":0,\
            "isolatedMembers":["denver"],\
            "damage":{"partition":1,"offset":20,"revision":8,"reason":"why"},\
            "notices":[{"code":"ISOLATED_MEMBER","severity":"info","edge":"denver",\
            "message":"words"}]}\
            """);
    assertThat(read(written(group), GroupAnswer.class)).isEqualTo(group);
  }

  @Test
  void aMemberIsTheSameAloneAndInAList() {
    MemberAnswer member =
        new MemberAnswer(DENVER, description(), 1, false, true, 7, 6, Optional.of("error"));
    MemberDetailAnswer detail = new MemberDetailAnswer(9, member);

    assertThat(written(detail))
        .isEqualTo(
            """
            {"revision":9,"edge":"denver","name":"Denver","endpoint":"192.0.2.1:4500",\
            "enrolled":true,"enrollment":"enrolled","allowedSubnets":["10.1.0.0/16"],\
            "overlayAddresses":["100.64.0.1"],"latitude":39.7,"longitude":-105.0,\
            "linkCount":1,"isolated":false,"connected":true,"desiredRevision":7,\
            "acknowledgedRevision":6,"lastError":"error"}\
            """);
    assertThat(read(written(detail), MemberDetailAnswer.class)).isEqualTo(detail);
    assertThat(read(written(member), MemberAnswer.class)).isEqualTo(member);
  }

  @Test
  void aNewerServerMayKnowMore() {
    String link =
        """
        {"id":"denver~seattle","edgeA":"denver","edgeB":"seattle","removable":true,"more":{},\
        "tunnels":[{"index":0,"interface":"wg2","status":"FLAPPING","statusText":"Flaps",\
        "ends":[]}]}\
        """;

    LinkAnswer read = read(link, LinkAnswer.class);

    assertThat(read.id()).isEqualTo(LINK);
    assertThat(read.tunnels()).extracting(TunnelAnswer::status).containsOnly(TunnelState.UNKNOWN);
  }

  @Test
  void whatAnAnswerAlwaysHasMustBeThere() {
    for (String other :
        List.of(
            "[]",
            "{}",
            "{\"id\":\"denver~seattle\",\"edgeA\":\"denver\",\"edgeB\":\"seattle\",\"tunnels\":[]}",
            "{\"id\":\"-\",\"edgeA\":\"denver\",\"edgeB\":\"b\",\"removable\":true,\"tunnels\":[]}",
            "{\"id\":\"a~b\",\"edgeA\":\"a\",\"edgeB\":\"b\",\"removable\":true,\"tunnels\":null}")) {
      assertThatThrownBy(() -> read(other, LinkAnswer.class))
          .as(other)
          .isInstanceOf(UnreadableAnswerException.class);
    }
  }

  @Test
  void anEventIsReadAsWhatItIsAbout() {
    for (EventSubject subject :
        List.of(
            new EventSubject.OfGroup(Optional.of(GroupSettingsAnswer.of(domainSettings()))),
            new EventSubject.OfGroup(Optional.empty()),
            new EventSubject.OfMember(new EventMember.Name(DENVER)),
            new EventSubject.OfMember(detail()),
            new EventSubject.OfRevokedMember(detail(), List.of("fingerprint")),
            new EventSubject.OfLink(EventLink.Name.of(LINK)),
            new EventSubject.OfLink(link(Optional.empty())),
            new EventSubject.OfLink(
                link(Optional.of(new LinkConfigurationAnswer.Keys.Preshared("fingerprint")))),
            new EventSubject.OfRecovery(3))) {
      EventAnswer event =
          new EventAnswer(
              4,
              new UUID(1, 2),
              Instant.EPOCH,
              "operator",
              "command",
              "Type",
              subject,
              List.of(Consequence.of(new TopologyEvent.MemberIsolated(DENVER))));

      assertThat(read(written(event), EventAnswer.class)).isEqualTo(event);
    }
  }

  @Test
  void consequencesHaveTheNamesOfTopologyEvents() {
    assertThat(TopologyEvent.class.getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            Consequence.MEMBER_ISOLATED,
            Consequence.MEMBER_CONNECTED,
            Consequence.GROUP_SPLIT,
            Consequence.GROUP_JOINED,
            Consequence.MESH_COMPLETE);
  }

  @Test
  void aDeletedGroupIsNull() {
    EventAnswer event =
        new EventAnswer(
            4,
            new UUID(1, 2),
            Instant.EPOCH,
            "operator",
            "command",
            "GroupDeleted",
            new EventSubject.OfGroup(Optional.empty()),
            List.of());

    assertThat(written(event))
        .isEqualTo(
            """
            {"revision":4,"eventId":"00000000-0000-0001-0000-000000000002",\
            "occurredAt":"1970-01-01T00:00:00Z","actor":"operator","commandId":"command",\
            "type":"GroupDeleted","group":null,"consequences":[]}\
            """);
  }

  private static GroupSettingsAnswer settings() {
    return GroupSettingsAnswer.of(domainSettings());
  }

  private static GroupSettings domainSettings() {
    return new GroupSettings(
        new GroupId("west"),
        "West",
        Topology.PARTIAL_MESH,
        TunnelProtocol.IPSEC,
        true,
        Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  private static MemberDescription description() {
    return new MemberDescription(
        "Denver",
        Optional.of(Endpoint.parse("192.0.2.1:4500")),
        true,
        EnrollmentStanding.ENROLLED,
        List.of(Cidr.parse("10.1.0.0/16")),
        List.of(IpAddress.parse("100.64.0.1")),
        Optional.of(39.7),
        Optional.of(-105.0));
  }

  private static EventMember detail() {
    return new EventMember.Detail(
        DENVER,
        "Denver",
        Optional.empty(),
        true,
        EnrollmentStanding.ENROLLED,
        List.of(Cidr.parse("10.1.0.0/16")),
        List.of(IpAddress.parse("100.64.0.1")),
        Optional.of(39.7),
        Optional.of(-105.0),
        Optional.of(new PublicKey("AAAA")),
        List.of(new PublicKey("BBBB")));
  }

  private static EventLink link(Optional<LinkConfigurationAnswer.Keys> keys) {
    LinkConfigurationAnswer.End end =
        new LinkConfigurationAnswer.End(DENVER, Optional.empty(), List.of());
    LinkConfigurationAnswer.InnerEnd inner =
        new LinkConfigurationAnswer.InnerEnd(IpAddress.parse("100.64.0.1"), Optional.empty());
    return new LinkConfigurationAnswer(
        LINK,
        LINK.edgeA(),
        LINK.edgeB(),
        TunnelProtocol.WIREGUARD,
        1,
        Optional.of(1L << 20),
        Optional.empty(),
        end,
        end,
        List.of(new LinkConfigurationAnswer.ConfiguredTunnel(0, "wg2", inner, inner, keys)));
  }

  private static String written(Object answer) {
    return new String(ApiJson.bytes(answer), StandardCharsets.UTF_8);
  }

  private static <T> T read(String text, Class<T> type) {
    return ApiJson.read(text.getBytes(StandardCharsets.UTF_8), type);
  }
}
