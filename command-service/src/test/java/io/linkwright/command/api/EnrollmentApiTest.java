package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.ApiClient.json;
import static io.linkwright.command.api.ApiClient.keys;
import static io.linkwright.command.api.RedGroup.MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, enrollment and revocation over HTTP, with a log in memory and a clock that is set. */
final class EnrollmentApiTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final ServiceInMemory service = new ServiceInMemory(now::get);

  @BeforeEach
  void createGroup() {
    post(
        "/v1/groups",
        "{\"id\": \"red\", \"topology\": \"partial-mesh\", \"tunnelProtocol\": \"wireguard\"}");
    post(
        MEMBERS,
        "{\"edge\": \"b\", \"keys\": %s}".formatted(keys(EdgeKeys.generate().publicKeys())));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aTokenEnrollsOnceAndTellsWhomToTrust() {
    String token = addA();
    EdgeKeys keys = EdgeKeys.generate();

    JsonNode enrolled = json(enroll(token, keys), 200);

    assertThat(enrolled.path("controllerKey").asText())
        .isEqualTo(ServiceInMemory.CONTROLLER.publicKey().key().base64());
    assertThat(enrolled.path("connectPath").asText()).isEqualTo("/v1/edges/a/connect");
    assertThat(enrolled.path("enrollment").asText()).isEqualTo("enrolled");
    assertThat(enrolled.path("affectedEdges").toString()).isEqualTo("[\"a\"]");
    assertThat(json(enroll(token, keys), 200).path("revision"))
        .isEqualTo(enrolled.path("revision"));
    assertProblem(enroll(token, EdgeKeys.generate()), 409, "TOKEN_USED");
  }

  @Test
  void whoAwaitsAnEnrollmentIsNotToldToGetConfiguration() {
    String token = addA();

    JsonNode link = json(post("/v1/groups/red/links", "{\"edgeA\": \"a\", \"edgeB\": \"b\"}"), 201);

    assertThat(link.path("affectedEdges")).isEmpty();
    assertThat(link.path("awaitingEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(service.log().configurations().keySet()).containsExactly("b/red/");
    JsonNode enrolled = json(enroll(token, EdgeKeys.generate()), 200);
    assertThat(enrolled.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(enrolled.path("awaitingEdges")).isEmpty();
  }

  @Test
  void aForgedOrCutTokenIsRefused() {
    String token = addA();
    String forged =
        EnrollmentToken.of("0".repeat(16), new byte[EnrollmentToken.SECRET_BYTES]).reveal();

    assertProblem(enroll(forged, EdgeKeys.generate()), 403, "TOKEN_INVALID");
    HttpResponse<String> cut = enroll(token.substring(0, 20), EdgeKeys.generate());
    assertProblem(cut, 400, "INVALID_REQUEST");
    assertThat(cut.body()).contains("begin with lwe_").doesNotContain(token.substring(0, 20));
  }

  @Test
  void aTokenExpires() {
    JsonNode added = json(post(MEMBERS, "{\"edge\": \"a\", \"enrollmentTtl\": \"PT10M\"}"), 201);
    assertThat(added.path("tokenExpiresAt").asText()).isEqualTo("2026-03-01T12:10:00Z");
    now.set(START.plus(Duration.ofMinutes(10)));

    assertProblem(enroll(added.path("token").asText(), EdgeKeys.generate()), 410, "TOKEN_EXPIRED");
    String fresh = json(post(MEMBERS + "/a:token", ""), 200).path("token").asText();
    assertThat(json(enroll(fresh, EdgeKeys.generate()), 200).path("edge").asText()).isEqualTo("a");
  }

  @Test
  void aRepeatIsAnsweredWithTheSameTokenAndAnotherCommandWithAnother() {
    String body = "{\"edge\": \"a\"}";
    String first = token(post(MEMBERS, body, "Idempotency-Key", "one"));

    assertThat(token(post(MEMBERS, body, "Idempotency-Key", "one"))).isEqualTo(first);
    String second = token(post(MEMBERS + "/a:token", "", "Idempotency-Key", "two"));
    assertThat(second).isNotEqualTo(first);
    assertThat(token(post(MEMBERS + "/a:token", "{}", "Idempotency-Key", "two"))).isEqualTo(second);
    // The first command made a token that counts no more, which is all its repeat could show.
    assertProblem(enroll(first, EdgeKeys.generate()), 403, "TOKEN_INVALID");
    json(enroll(second, EdgeKeys.generate()), 200);
  }

  @Test
  void aDryRunMakesNoToken() {
    JsonNode dry =
        json(post(MEMBERS + "?dryRun=true", "{\"edge\": \"a\"}", "Idempotency-Key", "one"), 200);

    assertThat(dry.path("token").isNull()).isTrue();
    assertProblem(post(MEMBERS + "/a:token", ""), 404, "UNKNOWN_MEMBER");
  }

  @Test
  void whatMakesNoSenseIsRefusedNamingTheField() {
    addA();

    assertField(post(MEMBERS, "{\"edge\": \"c\", \"enrollmentTtl\": \"24h\"}"), "enrollmentTtl");
    assertField(
        post(
            MEMBERS,
            "{\"edge\": \"c\", \"enrollmentTtl\": \"PT1H\", \"keys\": %s}"
                .formatted(keys(EdgeKeys.generate().publicKeys()))),
        "enrollmentTtl");
    assertField(post(MEMBERS + "/a:revoke", "{\"links\": \"some\"}"), "links");
    assertField(post(MEMBERS + "/a:enroll", "{\"keys\": {}}"), "token");
    assertProblem(post(MEMBERS + "/b:token", ""), 409, "MEMBER_ENROLLED");
  }

  @Test
  void revokingAnswersWithTheMemberHoweverOftenItIsAsked() {
    json(enroll(addA(), EdgeKeys.generate()), 200);
    json(post("/v1/groups/red/links", "{\"edgeA\": \"a\", \"edgeB\": \"b\"}"), 201);
    JsonNode first = json(post(MEMBERS + "/a:revoke", "{\"links\": \"keep\"}"), 200);

    JsonNode links = json(post(MEMBERS + "/a:revoke", "{\"links\": \"remove\"}"), 200);
    JsonNode nothing = json(post(MEMBERS + "/a:revoke", "{\"links\": \"remove\"}"), 200);

    for (JsonNode again : List.of(links, nothing)) {
      assertThat(again.fieldNames())
          .toIterable()
          .containsExactlyElementsOf(() -> first.fieldNames());
      assertThat(again.path("enrollment").asText()).isEqualTo("revoked");
    }
    assertThat(links.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void aRevokedDeviceNeverComesBackWithItsKeys() {
    EdgeKeys stolen = EdgeKeys.generate();
    json(enroll(addA(), stolen), 200);
    json(post("/v1/groups/red/links", "{\"edgeA\": \"a\", \"edgeB\": \"b\"}"), 201);

    JsonNode revoked = json(post(MEMBERS + "/a:revoke", ""), 200);

    assertThat(revoked.path("enrollment").asText()).isEqualTo("revoked");
    assertThat(revoked.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(service.log().configurations().keySet()).containsExactly("b/red/");
    String token = token(post(MEMBERS + "/a:token", ""));
    assertProblem(enroll(token, stolen), 409, "KEYS_REVOKED");
    JsonNode back = json(enroll(token, EdgeKeys.generate()), 200);
    assertThat(back.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(service.log().configurations().keySet())
        .containsExactlyInAnyOrder("a/red/", "a/red/a~b", "b/red/", "b/red/a~b");
  }

  @Test
  void noTokenIsInTheMetrics() {
    String token = addA();
    json(enroll(token, EdgeKeys.generate()), 200);

    assertThat(service.metrics()).doesNotContain(token).contains("EnrollMember");
  }

  private String addA() {
    return token(post(MEMBERS, "{\"edge\": \"a\"}"));
  }

  private static String token(HttpResponse<String> answer) {
    String token = json(answer).path("token").asText();
    assertThat(token).as(answer.body()).startsWith("lwe_");
    return token;
  }

  private HttpResponse<String> enroll(String token, EdgeKeys keys) {
    return post(
        MEMBERS + "/a:enroll",
        "{\"token\": \"%s\", \"keys\": %s}".formatted(token, keys(keys.publicKeys())));
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    return service.send("POST", path, body, headers);
  }

  private static void assertField(HttpResponse<String> answer, String field) {
    assertProblem(answer, 400, "INVALID_REQUEST", field);
  }
}
