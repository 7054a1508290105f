package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.ApiClient.json;
import static io.linkwright.command.api.ApiClient.keys;
import static io.linkwright.command.api.RedGroup.LINKS;
import static io.linkwright.command.api.RedGroup.MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.Limits;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several commands on a group in one request. */
final class ChangeContentsApiTest {
  private static final String RED = "/v1/groups/red";

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
  void allStepsAreDoneInOneTransaction() {
    int transactions = service.log().transactions(0).size();

    HttpResponse<String> answer =
        change(
            RED,
            "{'type': 'changeGroup', 'name': 'Red'}",
            "{'type': 'addMember', 'edge': 'd', 'keys': %s}"
                .formatted(keys(EdgeKeys.generate().publicKeys())),
            "{'type': 'addLink', 'edgeA': 'd', 'edgeB': 'a'}",
            "{'type': 'changeLinks', 'add': [{'edgeA': 'b', 'edgeB': 'a'}]}",
            "{'type': 'rekeyLink', 'link': 'b~a'}",
            "{'type': 'rekeyMember', 'edge': 'b'}",
            "{'type': 'changeMember', 'edge': 'c', 'name': 'C'}",
            "{'type': 'removeLink', 'link': 'a~d'}",
            "{'type': 'revokeMember', 'edge': 'd', 'links': 'remove'}",
            "{'type': 'removeMember', 'edge': 'd'}");

    assertStatus(answer, 200);
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"14\"");
    assertThat(answer.body())
        .isEqualTo(
            "{\"revision\":14,\"added\":[\"a~d\",\"a~b\"],\"changed\":[\"a~b\"],"
                + "\"removed\":[\"a~d\"],\"affectedEdges\":[\"a\",\"b\",\"d\"],"
                + "\"awaitingEdges\":[\"c\"],\"invited\":[]}");
    assertThat(service.log().transactions(0)).hasSize(transactions + 1);
  }

  @Test
  void aGroupIsMadeWithAllThatIsInIt() {
    String[] steps = {
      "{'type': 'createGroup', 'id': 'blue', 'topology': 'partial-mesh', 'tunnelProtocol':"
          + " 'ipsec'}",
      "{'type': 'addMember', 'edge': 'x'}",
      "{'type': 'addMember', 'edge': 'y'}",
      "{'type': 'addLink', 'edgeA': 'x', 'edgeB': 'y'}"
    };

    JsonNode answer = json(change("/v1/groups/blue", steps), 200);

    assertThat(answer.path("revision").asLong()).isEqualTo(4);
    assertThat(answer.path("added").toString()).isEqualTo("[\"x~y\"]");
    assertThat(answer.path("awaitingEdges").toString()).isEqualTo("[\"x\",\"y\"]");
    assertProblem(change("/v1/groups/blue", steps), 409, "GROUP_EXISTS", "steps[0].id");
    assertProblem(change(RED, steps), 400, "INVALID_REQUEST", "steps[0].id");
    assertProblem(change("/v1/groups/none", steps[1]), 404, "UNKNOWN_GROUP");
  }

  @Test
  void aRefusalNamesItsStepAndNothingIsDone() {
    int before = service.log().events(0).size();

    assertProblem(
        change(
            RED,
            "{'type': 'addMember', 'edge': 'd', 'allowedSubnets': ['10.1.0.0/16']}",
            "{'type': 'addMember', 'edge': 'e', 'allowedSubnets': ['10.1.2.0/24']}"),
        409,
        "SUBNETS_OVERLAP",
        "steps[1].allowedSubnets");
    assertProblem(
        change(RED, "{'type': 'removeMember', 'edge': 'x'}"), 422, "UNKNOWN_MEMBER", "steps[0]");
    HttpResponse<String> batch =
        change(
            RED,
            "{'type': 'removeMember', 'edge': 'c'}",
            "{'type': 'changeLinks', 'add': [{'edgeA': 'a', 'edgeB': 'c'}]}");
    assertProblem(batch, 422, "UNKNOWN_MEMBER", "steps[1].add[0]");
    assertThat(json(batch).path("items").findValuesAsText("field"))
        .containsExactly("steps[1].add[0]");
    assertThat(service.log().events(0)).hasSize(before);
  }

  @Test
  void stepsAreReadStrictlyAndTheFieldIsNamed() {
    String good = "{'type': 'removeMember', 'edge': 'a'}";

    assertField("steps", "{}");
    assertField("steps", "{'steps': []}");
    assertField("step", "{'steps': [%s], 'step': 1}".formatted(good));
    assertField("steps[0].type", "{'steps': [{'edge': 'a'}]}");
    assertField("steps[1].type", "{'steps': [%s, {'type': 'deleteGroup'}]}".formatted(good));
    assertField("steps[1].type", "{'steps': [%s, {'type': 'enrollMember'}]}".formatted(good));
    assertField("steps[1]", "{'steps': [%s, 1]}".formatted(good));
    assertField("steps[0].name", "{'steps': [{'type': 'removeMember', 'edge': 'a', 'name': ''}]}");
    assertField("steps[0].edge", "{'steps': [{'type': 'changeMember', 'name': 'A'}]}");
    assertField("steps[0].link", "{'steps': [{'type': 'rekeyLink', 'link': 'a'}]}");
    assertField(
        "steps[1].endpoint",
        "{'steps': [%s, {'type': 'addMember', 'edge': 'z', 'endpoint': 'x'}]}".formatted(good));
    assertField(
        "steps[0].add[1].edgeB",
        "{'steps': [{'type': 'changeLinks', 'add': [{'edgeA': 'a', 'edgeB': 'b'}, {'edgeA':"
            + " 'a'}]}]}");
    assertProblem(
        change(RED, Collections.nCopies(Limits.MAX_STEPS + 1, good).toArray(String[]::new)),
        422,
        "LIMIT_EXCEEDED",
        "steps");
  }

  private void assertField(String field, String body) {
    assertProblem(
        service.send("POST", RED + ":change", body.replace('\'', '"')),
        400,
        "INVALID_REQUEST",
        field);
  }

  @Test
  void tokensAreOfThisCommandAndTheSameWhenItIsRepeated() {
    service.send("POST", MEMBERS, "{\"edge\": \"old\"}");
    String[] steps = {
      "{'type': 'changeGroup', 'dualTunnel': true}",
      "{'type': 'addMember', 'edge': 'd', 'enrollmentTtl': 'PT1H'}",
      "{'type': 'inviteMember', 'edge': 'c'}",
      "{'type': 'addMember', 'edge': 'e'}",
      "{'type': 'removeMember', 'edge': 'e'}"
    };

    HttpResponse<String> first = keyed(RED + ":change", "k", steps);
    service.send("POST", LINKS, "{\"edgeA\": \"d\", \"edgeB\": \"a\"}");
    HttpResponse<String> again = keyed(RED + ":change", "k", steps);

    assertStatus(first, 200);
    assertThat(again.body()).isEqualTo(first.body());
    JsonNode invited = json(first).path("invited");
    assertThat(invited.findValuesAsText("edge")).containsExactlyInAnyOrder("c", "d");
    for (JsonNode member : invited) {
      assertThat(
              service
                  .send(
                      "POST",
                      MEMBERS + "/" + member.path("edge").asText() + ":enroll",
                      "{\"token\": \"%s\", \"keys\": %s}"
                          .formatted(
                              member.path("token").asText(),
                              keys(EdgeKeys.generate().publicKeys())))
                  .statusCode())
          .isEqualTo(200);
    }
    assertProblem(keyed(RED + ":change", "k", steps[0]), 422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void aDryRunMakesNothingAndShowsNoToken() {
    int before = service.log().events(0).size();

    JsonNode answer =
        json(keyed(RED + ":change?dryRun=true", "k", "{'type': 'addMember', 'edge': 'd'}"), 200);

    assertThat(answer.path("dryRun").asBoolean()).isTrue();
    assertThat(answer.path("revision").asLong()).isEqualTo(5);
    assertThat(answer.at("/invited/0/edge").asText()).isEqualTo("d");
    assertThat(answer.at("/invited/0/token").isNull()).isTrue();
    assertThat(service.log().events(0)).hasSize(before);
  }

  @Test
  void ifMatchHoldsForAllOfIt() {
    String step = body("{'type': 'removeMember', 'edge': 'a'}");

    assertProblem(
        service.send("POST", RED + ":change", step, "If-Match", "\"3\""), 412, "REVISION_MISMATCH");
    assertStatus(service.send("POST", RED + ":change", step, "If-Match", "\"4\""), 200);
  }

  private HttpResponse<String> change(String group, String... steps) {
    return service.send("POST", group + ":change", body(steps));
  }

  private HttpResponse<String> keyed(String path, String key, String... steps) {
    return service.send("POST", path, body(steps), "Idempotency-Key", key);
  }

  private static String body(String... steps) {
    List<String> quoted = Arrays.stream(steps).map(step -> step.replace('\'', '"')).toList();
    return "{\"steps\": [%s]}".formatted(String.join(", ", quoted));
  }
}
