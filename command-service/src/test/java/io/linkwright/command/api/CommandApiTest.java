package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.ApiClient.json;
import static io.linkwright.command.api.RedGroup.LINKS;
import static io.linkwright.command.api.RedGroup.MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands over HTTP as the API document promises them. */
final class CommandApiTest {
  private final ServiceInMemory service = new ServiceInMemory(InstantSource.system());

  @BeforeEach
  void createGroup() {
    RedGroup.createIn(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void answersWithTheWholeOfWhatItMade() {
    assertThat(
            json(send(
                    "POST",
                    "/v1/groups",
                    "{\"id\": \"blue\", \"name\": \"Blue\", \"topology\": \"hub-spoke\","
                        + " \"tunnelProtocol\": \"ipsec\", \"dualTunnel\": true, \"hub\":"
                        + " \"a\", \"addressPool\": \"10.9.0.0/16\"}"))
                .toString())
        .isEqualTo(
            "{\"revision\":1,\"id\":\"blue\",\"name\":\"Blue\",\"topology\":\"hub-spoke\","
                + "\"tunnelProtocol\":\"ipsec\",\"dualTunnel\":true,\"hub\":\"a\","
                + "\"addressPool\":\"10.9.0.0/16\",\"rekeyEvery\":null,"
                + "\"saAlgorithm\":\"aes-cbc-256-hmac-sha-256-128\",\"rekeyAfterBytes\":null,"
                + "\"rekeyAfterPackets\":null}");
    JsonNode member =
        json(
            send(
                "POST",
                MEMBERS,
                "{\"edge\": \"d\", \"endpoint\": \"192.0.2.1:51820\", \"allowedSubnets\":"
                    + " [\"10.1.0.0/16\"], \"latitude\": 39.7, \"longitude\": -105}"));
    assertThat(member.toString())
        .isEqualTo(
            ("{\"revision\":5,\"edge\":\"d\",\"name\":\"d\",\"endpoint\":\"192.0.2.1:51820\","
                    + "\"allowedSubnets\":[\"10.1.0.0/16\"],\"latitude\":39.7,\"longitude\":-105.0,"
                    + "\"awaitingEnrollment\":true,\"enrollment\":\"awaiting\","
                    + "\"tokenExpiresAt\":\"%s\",\"overlayAddresses\":[\"100.64.0.4\"],"
                    + "\"affectedEdges\":[],\"awaitingEdges\":[\"d\"],\"token\":\"%s\"}")
                .formatted(member.path("tokenExpiresAt").asText(), member.path("token").asText()));
  }

  @Test
  void aGroupSaysAtWhatAgeKeysAreChangedUntilNullEndsIt() {
    JsonNode made =
        json(
            send(
                "POST",
                "/v1/groups",
                "{\"id\": \"blue\", \"topology\": \"mesh\", \"tunnelProtocol\": \"ipsec\","
                    + " \"rekeyEvery\": \"P30D\"}"));
    JsonNode changed = json(send("PATCH", "/v1/groups/blue", "{\"rekeyEvery\": \"PT1H\"}"));
    JsonNode kept = json(send("PATCH", "/v1/groups/blue", "{\"name\": \"Blue\"}"));
    JsonNode ended = json(send("PATCH", "/v1/groups/blue", "{\"rekeyEvery\": null}"));

    assertThat(made.path("rekeyEvery").asText()).isEqualTo("PT720H");
    assertThat(changed.path("rekeyEvery").asText()).isEqualTo("PT1H");
    assertThat(kept.path("rekeyEvery").asText()).isEqualTo("PT1H");
    assertThat(ended.path("rekeyEvery").isNull()).isTrue();
    assertThat(ended.path("revision").longValue()).isEqualTo(4);
    for (String wrong : List.of("PT59S", "P367D", "PT90.5S", "monthly", "P1M")) {
      assertProblem(
          send("PATCH", "/v1/groups/blue", "{\"rekeyEvery\": \"%s\"}".formatted(wrong)),
          400,
          "INVALID_REQUEST",
          "rekeyEvery");
    }
  }

  @Test
  void addsRekeysAndRemovesALinkNamedInEitherOrder() {
    HttpResponse<String> added = send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");
    HttpResponse<String> rekeyed = send("POST", LINKS + "/b~a:rekey", "");
    HttpResponse<String> removed = send("DELETE", LINKS + "/b~a", "");

    assertStatus(added, 201);
    assertThat(added.headers().firstValue("ETag")).hasValue("\"5\"");
    assertThat(added.body())
        .isEqualTo(
            "{\"revision\":5,\"link\":\"a~b\","
                + "\"affectedEdges\":[\"a\",\"b\"],\"awaitingEdges\":[]}");
    assertStatus(rekeyed, 200);
    assertThat(json(rekeyed).path("revision").longValue()).isEqualTo(6);
    assertStatus(removed, 200);
    assertThat(json(removed).path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void rekeysTheLinksOfAMemberThatHaveKeysAtOnce() {
    send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"b\"}");
    send("POST", LINKS, "{\"edgeA\": \"c\", \"edgeB\": \"a\"}");

    HttpResponse<String> rekeyed = send("POST", MEMBERS + "/a:rekey", "");
    HttpResponse<String> unknown = send("POST", MEMBERS + "/z:rekey", "");

    assertStatus(rekeyed, 200);
    assertThat(json(rekeyed).path("rekeyed").toString()).isEqualTo("[\"a~b\"]");
    assertThat(json(rekeyed).path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertStatus(unknown, 404);
  }

  @Test
  void doesABatchWhollyOrNamesEveryItemAtFault() {
    HttpResponse<String> done =
        send(
            "POST",
            LINKS + ":batch",
            "{\"add\": [{\"edgeA\": \"a\", \"edgeB\": \"b\"}, {\"edgeA\": \"b\", \"edgeB\":"
                + " \"c\"}]}");
    HttpResponse<String> refused =
        send(
            "POST",
            LINKS + ":batch",
            "{\"add\": [{\"edgeA\": \"a\", \"edgeB\": \"c\"}, {\"edgeA\": \"a\", \"edgeB\":"
                + " \"x\"}], \"remove\": [{\"edgeA\": \"a\", \"edgeB\": \"c\"}]}");

    assertStatus(done, 200);
    assertThat(json(done).path("added").toString()).isEqualTo("[\"a~b\",\"b~c\"]");
    assertStatus(refused, 422);
    assertThat(json(refused).path("items").findValuesAsText("field"))
        .containsExactly("remove[0]", "add[1]");
    assertThat(service.log().events(0)).hasSize(6);
  }

  @Test
  void changesAndClearsOnlyWhatAPatchNames() {
    send("PATCH", MEMBERS + "/a", "{\"endpoint\": \"192.0.2.1:1\", \"name\": \"A\"}");

    JsonNode cleared = json(send("PATCH", MEMBERS + "/a", "{\"endpoint\": null}"));
    JsonNode same = json(send("PATCH", MEMBERS + "/a", "{\"name\": \"A\"}"));
    JsonNode group = json(send("PATCH", "/v1/groups/red", "{\"name\": \"Red\"}"));

    assertThat(cleared.path("endpoint").isNull()).isTrue();
    assertThat(cleared.path("name").textValue()).isEqualTo("A");
    assertThat(same.path("revision")).isEqualTo(cleared.path("revision"));
    assertThat(group.path("name").textValue()).isEqualTo("Red");
    assertProblem(
        send("PATCH", MEMBERS + "/a", "{\"name\": null}"), 400, "INVALID_REQUEST", "name");
  }

  @Test
  void removesAMemberWithItsLinksAndAGroupWithAll() {
    send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");

    HttpResponse<String> member = send("DELETE", MEMBERS + "/a", "");
    HttpResponse<String> group = send("DELETE", "/v1/groups/red", "{}");

    assertThat(json(member).path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertStatus(group, 200);
    assertProblem(send("DELETE", "/v1/groups/red", ""), 404, "UNKNOWN_GROUP");
  }

  @Test
  void recordsWhoAskedForIt() {
    send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}", "Linkwright-Actor", "Ada L.");

    assertThat(service.log().events(0).getLast().actor()).isEqualTo("Ada L.");
    assertThat(service.log().events(0).getFirst().actor()).isEqualTo("anonymous");
  }

  @Test
  void countsCommandsByKindAndOutcome() {
    send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"a\"}");

    assertThat(service.metrics())
        .contains("linkwright_command_commands_total{kind=\"AddMember\",outcome=\"DONE\"} 3.0")
        .contains(
            "linkwright_command_commands_total{kind=\"AddLink\",outcome=\"LINK_TO_SELF\"} 1.0");
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    return service.send(method, path, body, headers);
  }
}
