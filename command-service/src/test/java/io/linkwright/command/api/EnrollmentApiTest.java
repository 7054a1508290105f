package io.linkwright.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.command.ownership.Owner;
import io.linkwright.command.writer.PartitionWriter;
import io.linkwright.command.writer.PlainConfiguration;
import io.linkwright.command.writer.WriterLimits;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.command.writer.WriterProtocol;
import io.linkwright.domain.EnrollmentToken;
import io.linkwright.domain.MemberKeys;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Json;
import io.linkwright.http.Readiness;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, enrollment and revocation over HTTP, with a log in memory and a clock that is set. */
final class EnrollmentApiTest {
  private static final String MEMBERS = "/v1/groups/red/members";
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final ControllerKey controller = ControllerKey.generate();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InMemoryEventLog log = new InMemoryEventLog(1, _ -> Fate.WELL);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private PartitionWriter writer;
  private CommandGateway gateway;
  private HttpServer server;

  @BeforeEach
  void start() {
    CommandStamps system = CommandStamps.system(controller);
    WriterMetrics writerMetrics = new WriterMetrics(metrics);
    writer =
        PartitionWriter.start(
            0,
            new WriterProtocol(
                0, log, new PlainConfiguration(), WriterLimits.DEFAULT, writerMetrics),
            WriterLimits.DEFAULT,
            system.rekeys(writerMetrics));
    gateway =
        new CommandGateway(
            1,
            _ -> new Owner.Local(writer),
            new CommandStamps(now::get, system.commandIds(), system.seeds(), system.tokens()),
            "test",
            Duration.ofSeconds(10),
            metrics);
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0), metrics, List.of(new Module(gateway)));
    post(
        "/v1/groups",
        "{\"id\": \"red\", \"topology\": \"partial-mesh\", \"tunnelProtocol\": \"wireguard\"}");
    post(MEMBERS, "{\"edge\": \"b\", \"keys\": %s}".formatted(keys(EdgeKeys.generate())));
  }

  @AfterEach
  void stop() {
    server.close();
    gateway.close();
    writer.close();
    client.close();
  }

  @Test
  void aTokenEnrollsOnceAndTellsWhomToTrust() {
    String token = addA();
    EdgeKeys keys = EdgeKeys.generate();

    JsonNode enrolled = json(enroll(token, keys), 200);

    assertThat(enrolled.path("controllerKey").asText())
        .isEqualTo(controller.publicKey().key().base64());
    assertThat(enrolled.path("connectPath").asText()).isEqualTo("/v1/edges/a/connect");
    assertThat(enrolled.path("enrollment").asText()).isEqualTo("enrolled");
    assertThat(enrolled.path("affectedEdges").toString()).isEqualTo("[\"a\"]");
    assertThat(json(enroll(token, keys), 200).path("revision"))
        .isEqualTo(enrolled.path("revision"));
    assertProblem(enroll(token, EdgeKeys.generate()), 409, "TOKEN_USED");
  }

  @Test
  void aForgedOrCutTokenIsRefused() {
    String token = addA();
    String forged = EnrollmentToken.ofBytes(new byte[EnrollmentToken.LENGTH_BYTES]).reveal();

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
                .formatted(keys(EdgeKeys.generate()))),
        "enrollmentTtl");
    assertField(post(MEMBERS + "/a:revoke", "{\"links\": \"some\"}"), "links");
    assertField(post(MEMBERS + "/a:enroll", "{\"keys\": {}}"), "token");
    assertProblem(post(MEMBERS + "/b:token", ""), 409, "MEMBER_ENROLLED");
  }

  @Test
  void aRevokedDeviceNeverComesBackWithItsKeys() {
    EdgeKeys stolen = EdgeKeys.generate();
    json(enroll(addA(), stolen), 200);
    json(post("/v1/groups/red/links", "{\"edgeA\": \"a\", \"edgeB\": \"b\"}"), 201);

    JsonNode revoked = json(post(MEMBERS + "/a:revoke", ""), 200);

    assertThat(revoked.path("enrollment").asText()).isEqualTo("revoked");
    assertThat(revoked.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(log.configurations().keySet()).containsExactly("b/red/");
    String token = token(post(MEMBERS + "/a:token", ""));
    assertProblem(enroll(token, stolen), 409, "KEYS_REVOKED");
    JsonNode back = json(enroll(token, EdgeKeys.generate()), 200);
    assertThat(back.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(log.configurations().keySet())
        .containsExactlyInAnyOrder("a/red/", "a/red/a~b", "b/red/", "b/red/a~b");
  }

  @Test
  void noTokenIsInTheMetrics() {
    String token = addA();
    json(enroll(token, EdgeKeys.generate()), 200);

    assertThat(metrics.scrape()).doesNotContain(token).contains("EnrollMember");
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
        MEMBERS + "/a:enroll", "{\"token\": \"%s\", \"keys\": %s}".formatted(token, keys(keys)));
  }

  private static ObjectNode keys(EdgeKeys edge) {
    MemberKeys keys = edge.publicKeys();
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("identity", keys.identity().base64())
            .put("sealing", keys.sealing().base64());
    ArrayNode wireGuard = json.putArray("wireGuard");
    keys.wireGuard().forEach(key -> wireGuard.add(key.base64()));
    return json;
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(json(answer, status).path("code").asText()).as(answer.body()).isEqualTo(code);
  }

  private static void assertField(HttpResponse<String> answer, String field) {
    assertThat(json(answer, 400).path("field").asText()).as(answer.body()).isEqualTo(field);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (IOException notJson) {
      throw new AssertionError(answer.body(), notJson);
    }
  }

  private record Module(CommandGateway gateway) implements HttpModule {
    @Override
    public String name() {
      return "command";
    }

    @Override
    public void routes(JavalinConfig config) {
      new CommandRoutes(gateway).addTo(config.routes);
    }

    @Override
    public Readiness readiness() {
      return Readiness.ready();
    }
  }
}
