package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import io.linkwright.topology.query.ViewPartitions.ViewNotReadyException;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.StatusRecord;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query API as a client sees it. */
final class QueryRoutesTest {
  @TempDir private Path stateDir;
  private final GroupHistory history = new GroupHistory("abilene");
  private ViewFixture fixture;
  private ViewServer server;

  @BeforeEach
  void start() {
    fixture = new ViewFixture(stateDir);
    server = new ViewServer(fixture);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  /** Three members, two linked, one isolated; at revision 5. */
  private void givenThreeMembersAndALink() {
    fixture.apply(
        history
            .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC, true, Optional.empty())
            .members("denver", "kansas-city", "seattle")
            .link("kansas-city", "denver"));
  }

  private void hear(String edge, long acknowledged, TunnelState... tunnels) {
    List<TunnelStatus> statuses = new ArrayList<>();
    for (int index = 0; index < tunnels.length; index++) {
      statuses.add(new TunnelStatus(LinkId.parse("denver~kansas-city"), index, tunnels[index]));
    }
    fixture.hear(
        new EdgeStatus(
            history.id(),
            new EdgeId(edge),
            "connection-1",
            fixture.now(),
            true,
            acknowledged,
            Optional.empty(),
            statuses,
            fixture.now()));
  }

  @Test
  void aGroupTellsItsCountsItsIsolatedMembersAndWhatToDoAboutThem() throws Exception {
    givenThreeMembersAndALink();
    JsonNode group = server.get("/v1/groups/abilene");
    assertThat(group.get("id").asText()).isEqualTo("abilene");
    assertThat(group.get("name").asText()).isEqualTo("Group abilene");
    assertThat(group.get("topology").asText()).isEqualTo("partial-mesh");
    assertThat(group.get("tunnelProtocol").asText()).isEqualTo("ipsec");
    assertThat(group.get("dualTunnel").asBoolean()).isTrue();
    assertThat(group.get("hub").isNull()).isTrue();
    assertThat(group.get("revision").asLong()).isEqualTo(5);
    assertThat(group.get("memberCount").asLong()).isEqualTo(3);
    assertThat(group.get("linkCount").asLong()).isEqualTo(1);
    assertThat(group.get("isolatedMembers")).hasToString("[\"seattle\"]");
    assertThat(group.get("notices")).hasSize(1);
    JsonNode notice = group.get("notices").get(0);
    assertThat(notice.get("code").asText()).isEqualTo("ISOLATED_MEMBER");
    assertThat(notice.get("severity").asText()).isEqualTo("info");
    assertThat(notice.get("edge").asText()).isEqualTo("seattle");
    assertThat(notice.get("message").asText()).contains("no traffic can flow");
  }

  @Test
  void aPartialMeshWithEveryPairLinkedIsToldOfTheMesh() throws Exception {
    givenThreeMembersAndALink();
    fixture.apply(history.link("denver", "seattle").link("kansas-city", "seattle"));
    assertThat(server.get("/v1/groups/abilene").get("notices").findValuesAsText("code"))
        .containsExactly("MESH_COMPLETE");
  }

  @Test
  void aHubThatIsNoMemberIsMissed() throws Exception {
    fixture.apply(
        history
            .create(Topology.HUB_SPOKE, TunnelProtocol.WIREGUARD, false, Optional.of("chicago"))
            .members("denver"));
    JsonNode group = server.get("/v1/groups/abilene");
    assertThat(group.get("notices").get(0).get("code").asText()).isEqualTo("HUB_MISSING");
    assertThat(group.get("isolatedMembers")).isEmpty();
    fixture.apply(history.members("chicago"));
    assertThat(server.get("/v1/groups/abilene").get("notices")).isEmpty();
  }

  @Test
  void groupsAreListedInOrderPageByPage() throws Exception {
    for (String id : List.of("cogent", "abilene", "geant")) {
      fixture.apply(new GroupHistory(id).create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD));
    }
    JsonNode first = server.get("/v1/groups?limit=2");
    assertThat(first.get("groups").findValuesAsText("id")).containsExactly("abilene", "cogent");
    assertThat(first.get("next").asText()).isEqualTo("cogent");
    JsonNode second = server.get("/v1/groups?limit=2&after=cogent");
    assertThat(second.get("groups").findValuesAsText("id")).containsExactly("geant");
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void membersAreListedWithWhatTheyShouldRunAndSayTheyRun() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 4);
    JsonNode page = server.get("/v1/groups/abilene/members?limit=2");
    assertThat(page.get("revision").asLong()).isEqualTo(5);
    assertThat(page.get("members").findValuesAsText("edge"))
        .containsExactly("denver", "kansas-city");
    assertThat(page.get("next").asText()).isEqualTo("kansas-city");
    assertThat(page.get("members").get(0))
        .hasToString(
            "{\"edge\":\"denver\",\"name\":\"Edge denver\","
                + "\"endpoint\":\"denver.example.net:51820\",\"enrollment\":\"enrolled\","
                + "\"linkCount\":1,\"isolated\":false,"
                + "\"connected\":true,\"desiredRevision\":5,\"acknowledgedRevision\":4,"
                + "\"lastError\":null}");
    JsonNode last = server.get("/v1/groups/abilene/members?after=kansas-city");
    assertThat(last.get("members").get(0).get("isolated").asBoolean()).isTrue();
    assertThat(last.get("members").get(0).get("desiredRevision").asLong()).isEqualTo(4);
    assertThat(last.get("next").isNull()).isTrue();
  }

  @Test
  void aMemberTellsAllThatIsKnownOfIt() throws Exception {
    givenThreeMembersAndALink();
    JsonNode member = server.get("/v1/groups/abilene/members/seattle");
    assertThat(member.get("enrolled").asBoolean()).isTrue();
    assertThat(member.get("enrollment").asText()).isEqualTo("enrolled");
    assertThat(member.get("latitude").asDouble()).isEqualTo(39.74);
    assertThat(member.get("overlayAddresses")).hasSize(2);
    assertThat(server.problem(404, "/v1/groups/abilene/members/boston"))
        .isEqualTo("UNKNOWN_MEMBER");
  }

  @Test
  void aTunnelIsUnknownUntilBothEndsHaveReported() throws Exception {
    givenThreeMembersAndALink();
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Unknown");
    hear("denver", 5, TunnelState.UP, TunnelState.DOWN);
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Down");
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    assertThat(tunnelTexts()).containsExactly("SA: Established", "SA: Down");
  }

  @Test
  void aReportGrowsStale() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    fixture.setNow(fixture.now().plus(StatusRecord.HEARD_WITHIN));
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Unknown");
    assertThat(server.get("/v1/groups/abilene/links").findValuesAsText("heardAt"))
        .containsOnly(fixture.now().minus(StatusRecord.HEARD_WITHIN).toString());
    JsonNode member = server.get("/v1/groups/abilene/members/denver");
    assertThat(member.get("connected").asBoolean()).isFalse();
    assertThat(member.get("acknowledgedRevision").asLong()).isEqualTo(5);
  }

  @Test
  void aLinkAddedAgainIsUnknownUntilItsEndsAcknowledgeIt() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    fixture.apply(history.unlink("denver", "kansas-city").link("denver", "kansas-city"));
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Unknown");
  }

  @Test
  void aFaultThatOneEndSeesShowsAtThatEndAndDegradesTheLink() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.DOWN, TunnelState.UP);
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);

    JsonNode tunnel =
        server.get("/v1/groups/abilene/links").get("links").get(0).get("tunnels").get(0);
    assertThat(tunnel.get("status").asText()).isEqualTo("DOWN");
    assertThat(tunnel.get("ends").findValuesAsText("status")).containsExactly("DOWN", "UP");
    assertThat(tunnel.get("ends").findValuesAsText("heardAt"))
        .containsExactly(fixture.now().toString(), fixture.now().toString());
    assertThat(faults("LINK_DEGRADED"))
        .containsExactly(
            "Link denver~kansas-city has lost wg2 and runs on wg3 alone."
                + " Look at the ends of the tunnel that is down.");
  }

  @Test
  void aLinkIsDownWithAllItsTunnelsAndDegradedWithOneOfTwo() throws Exception {
    givenThreeMembersAndALink();
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    hear("denver", 5, TunnelState.DOWN, TunnelState.DOWN);
    assertThat(faults("LINK_DEGRADED")).isEmpty();
    assertThat(faults("LINK_DOWN"))
        .containsExactly(
            "Link denver~kansas-city is down: denver and kansas-city do not reach each other."
                + " Look at what its ends say.");

    hear("denver", 5, TunnelState.UP, TunnelState.DOWN);
    assertThat(faults("LINK_DEGRADED")).hasSize(1);

    fixture.setNow(fixture.now().plusSeconds(61));
    assertThat(faults("LINK_DEGRADED")).isEmpty();

    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    assertThat(faults("LINK_DEGRADED")).isEmpty();
  }

  private List<String> faults(String code) throws Exception {
    List<String> messages = new ArrayList<>();
    for (JsonNode notice : server.get("/v1/groups/abilene").get("notices")) {
      if (notice.get("code").asText().equals(code)) {
        assertThat(notice.get("link").asText()).isEqualTo("denver~kansas-city");
        messages.add(notice.get("message").asText());
      }
    }
    return messages;
  }

  @Test
  void anEndedConnectionEndsNothingOfANewerOne() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    fixture.hear(
        new EdgeStatus(
            history.id(),
            new EdgeId("denver"),
            "connection-0",
            fixture.now().minusSeconds(90),
            false,
            3,
            Optional.of("connection lost"),
            List.of(),
            fixture.now().plusSeconds(1)));
    JsonNode member = server.get("/v1/groups/abilene/members/denver");
    assertThat(member.get("connected").asBoolean()).isTrue();
    assertThat(member.get("acknowledgedRevision").asLong()).isEqualTo(5);
  }

  @Test
  void aForgottenEdgeIsNotConnected() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5);
    fixture.forget(history.id(), "denver");
    assertThat(server.get("/v1/groups/abilene/members/denver").get("connected").asBoolean())
        .isFalse();
  }

  @Test
  void linksOfAnEdgeAreListedPageByPage() throws Exception {
    givenThreeMembersAndALink();
    fixture.apply(history.members("atlanta").link("denver", "seattle").link("denver", "atlanta"));
    JsonNode first = server.get("/v1/groups/abilene/links?edge=denver&limit=2");
    assertThat(first.get("links").findValuesAsText("id"))
        .containsExactly("atlanta~denver", "denver~kansas-city");
    assertThat(first.get("next").asText()).isEqualTo("denver~kansas-city");
    assertThat(first.get("links").get(0).get("removable").asBoolean()).isTrue();
    JsonNode second =
        server.get("/v1/groups/abilene/links?edge=denver&limit=2&after=denver~kansas-city");
    assertThat(second.get("links").findValuesAsText("id")).containsExactly("denver~seattle");
    JsonNode all = server.get("/v1/groups/abilene/links?after=denver~kansas-city");
    assertThat(all.get("links").findValuesAsText("id")).containsExactly("denver~seattle");
  }

  @Test
  void linksOfAMeshAreNotRemovable() throws Exception {
    fixture.apply(
        history.create(Topology.MESH, TunnelProtocol.WIREGUARD).members("denver", "seattle"));
    JsonNode link = server.get("/v1/groups/abilene/links").get("links").get(0);
    assertThat(link)
        .hasToString(
            "{\"id\":\"denver~seattle\",\"edgeA\":\"denver\",\"edgeB\":\"seattle\","
                + "\"removable\":false,\"tunnels\":[{\"index\":0,\"interface\":\"wg2\","
                + "\"status\":\"UNKNOWN\",\"statusText\":\"Unknown\","
                + "\"ends\":[{\"edge\":\"denver\",\"status\":\"UNKNOWN\",\"heardAt\":null},"
                + "{\"edge\":\"seattle\",\"status\":\"UNKNOWN\",\"heardAt\":null}]}]}");
  }

  @Test
  void theGraphHasNodesEdgesAndWhatHoldsTogether() throws Exception {
    givenThreeMembersAndALink();
    fixture.apply(history.members("a", "b", "c").link("a", "b").link("b", "c"));
    JsonNode graph = server.get("/v1/groups/abilene/graph");
    assertThat(graph.get("nodes")).hasSize(6);
    assertThat(graph.get("nodes").get(0))
        .hasToString(
            "{\"edge\":\"a\",\"name\":\"Edge a\",\"latitude\":39.74,\"longitude\":-104.99}");
    assertThat(graph.get("edges")).hasSize(3);
    assertThat(graph.get("isolated")).hasToString("[\"seattle\"]");
    assertThat(graph.get("components"))
        .hasToString("[[\"a\",\"b\",\"c\"],[\"denver\",\"kansas-city\"]]");
  }

  @Test
  void theAuditLogTellsWhoDidWhatAndWhatFollowed() throws Exception {
    givenThreeMembersAndALink();
    JsonNode page = server.get("/v1/groups/abilene/events?from=4&limit=1");
    assertThat(page.get("revision").asLong()).isEqualTo(5);
    assertThat(page.get("next").asLong()).isEqualTo(5);
    JsonNode added = page.get("events").get(0);
    assertThat(added.get("type").asText()).isEqualTo("MemberAdded");
    assertThat(added.get("actor").asText()).isEqualTo("tester");
    assertThat(added.get("consequences"))
        .hasToString("[{\"type\":\"MemberIsolated\",\"edge\":\"seattle\"}]");
    JsonNode linked = server.get("/v1/groups/abilene/events?from=5").get("events").get(0);
    assertThat(linked.get("link").get("tunnels")).hasSize(2);
    assertThat(linked.get("link").get("tunnels").get(0).get("keys").get("aToB").get("spi").asLong())
        .isGreaterThanOrEqualTo(256);
    assertThat(linked.get("consequences")).hasSize(2);
    assertThat(server.get("/v1/groups/abilene/events?from=6").get("events")).isEmpty();
  }

  @Test
  void everyEventHasItsPlaceInTheAuditLog() throws Exception {
    fixture.apply(
        history
            .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
            .members("a")
            .awaiting("b")
            .link("a", "b")
            .enroll("b")
            .unlink("a", "b")
            .remove("b")
            .change(Topology.MESH)
            .remove("a")
            .delete());
    assertThat(server.get("/v1/groups/abilene/events").get("events").findValuesAsText("type"))
        .contains(
            "GroupCreated",
            "GroupChanged",
            "GroupDeleted",
            "MemberAdded",
            "MemberChanged",
            "MemberRemoved",
            "LinkAdded",
            "LinkChanged",
            "LinkRemoved");
    assertThat(server.problem(404, "/v1/groups/abilene")).isEqualTo("UNKNOWN_GROUP");
  }

  @Test
  void aQueryWaitsForTheRevisionItAsksFor() throws Exception {
    givenThreeMembersAndALink();
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.get("/v1/groups/abilene?minRevision=6");
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    while (fixture.live().feed().watching() == 0) {
      Thread.onSpinWait();
    }
    fixture.apply(history.link("denver", "seattle"));
    assertThat(waiting.get().get("revision").asLong()).isEqualTo(6);
    assertThat(fixture.live().feed().watching()).isZero();
  }

  @Test
  void whatIsNotThereOrNotUnderstoodIsRefused() throws Exception {
    givenThreeMembersAndALink();
    assertThat(server.problem(404, "/v1/groups/geant")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/members")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/links?edge=denver"))
        .isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/graph")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/events")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/changes")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/abilene/links?edge=boston"))
        .isEqualTo("UNKNOWN_MEMBER");
    for (String path :
        List.of(
            "/v1/groups/NoSlug",
            "/v1/groups?limit=0",
            "/v1/groups?limit=1001",
            "/v1/groups/abilene/links?after=denver",
            "/v1/groups/abilene/links?edge=seattle&after=denver~kansas-city",
            "/v1/groups/abilene/members?color=red",
            "/v1/groups/abilene/events?from=0",
            "/v1/groups/abilene?minRevision=soon",
            "/v1/groups/abilene/changes?after=-1")) {
      assertThat(server.problem(400, path)).as(path).isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void aViewThatIsBeingRestoredSaysWhenToComeBack() throws Exception {
    ViewPartitions restoring =
        new ViewPartitions() {
          @Override
          public int count() {
            return 12;
          }

          @Override
          public GroupView view(int partition) {
            throw new ViewNotReadyException("partition %d is being restored".formatted(partition));
          }
        };
    try (ViewServer unready = new ViewServer(fixture, restoring)) {
      HttpResponse<String> response = unready.send("/v1/groups/abilene");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(response.body()).contains("NOT_READY", "is being restored");
    }
  }

  private List<String> tunnelTexts() throws Exception {
    return server
        .get("/v1/groups/abilene/links?edge=denver")
        .get("links")
        .get(0)
        .findValuesAsText("statusText");
  }
}
