package io.linkwright.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.KeyRenewal;
import io.linkwright.edgeprotocol.RenewalReason;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An edge asks for new keys over HTTP, and a group says what its associations are. */
final class RenewalApiTest {
  private static final String GROUP = "/v1/groups/red";
  private static final LinkId LINK = LinkId.parse("a~b");

  private final EdgeKeys keys = EdgeKeys.generate();
  private final InMemoryEventLog log = new InMemoryEventLog(1, _ -> Fate.WELL);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private PartitionWriter writer;
  private CommandGateway gateway;
  private HttpServer server;

  @BeforeEach
  void start() {
    CommandStamps stamps = CommandStamps.system(ControllerKey.generate());
    WriterMetrics writerMetrics = new WriterMetrics(metrics);
    writer =
        PartitionWriter.start(
            0,
            new WriterProtocol(
                0, log, new PlainConfiguration(), WriterLimits.DEFAULT, writerMetrics),
            WriterLimits.DEFAULT,
            stamps.rekeys(writerMetrics));
    gateway =
        new CommandGateway(
            1, _ -> new Owner.Local(writer), stamps, "test", Duration.ofSeconds(10), metrics);
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0), metrics, List.of(new Module(gateway)));
    send(
        "POST",
        "/v1/groups",
        "{\"id\": \"red\", \"topology\": \"mesh\", \"tunnelProtocol\": \"ipsec\","
            + " \"saAlgorithm\": \"aes-gcm-256-esn\", \"rekeyAfterBytes\": 1073741824}");
    send("POST", GROUP + "/members", member("a", keys));
    send("POST", GROUP + "/members", member("b", EdgeKeys.generate()));
  }

  @AfterEach
  void stop() {
    server.close();
    gateway.close();
    writer.close();
    client.close();
  }

  @Test
  void anEdgeThatProvesItselfGetsNewKeysOnce() {
    KeyRenewal renewal = renewal(1);

    JsonNode renewed = json(post(renewal, keys), 200);

    assertThat(renewed.path("rekeyed").toString()).isEqualTo("[\"a~b\"]");
    assertThat(renewed.path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    JsonNode again = json(post(renewal, keys), 200);
    assertThat(again.path("rekeyed")).isEmpty();
    assertThat(again.path("revision")).isEqualTo(renewed.path("revision"));
  }

  @Test
  void aLoopOfRenewalsIsStoppedBeforeItFillsTheLog() {
    int version = 1;
    HttpResponse<String> answer = post(renewal(version), keys);
    while (answer.statusCode() == 200 && version < 500) {
      answer = post(renewal(++version), keys);
    }

    assertProblem(answer, 429, "RENEWAL_LIMIT");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(version).isBetween(60, 100);
    int events = log.events(0).size();
    assertProblem(post(renewal(version), keys), 429, "RENEWAL_LIMIT");
    assertThat(log.events(0)).hasSize(events);
    json(send("POST", GROUP + "/links/a~b:rekey", ""), 200);
  }

  @Test
  void theLogSaysWhoAndWhy() {
    json(post(renewal(1), keys, "Linkwright-Actor", "ops", "Idempotency-Key", "a:boot:1"), 200);

    var last = log.events(0).getLast();
    assertThat(last.actor()).isEqualTo("edge:a");
    assertThat(last.commandId()).startsWith("key:").doesNotContain("boot");
  }

  @Test
  void nobodyElseSpeaksForAnEdge() {
    EdgeKeys stranger = EdgeKeys.generate();
    KeyRenewal renewal = renewal(1);
    String altered =
        body(renewal, keys.publicKeys().identity(), keys).replace("\"boot\"", "\"limit\"");

    assertProblem(post(renewal, stranger), 403, "PROOF_INVALID");
    assertProblem(send("POST", renewal.path(), altered), 403, "PROOF_INVALID");
    assertProblem(
        send("POST", renewal.path(), body(renewal, keys.publicKeys().identity(), stranger)),
        403,
        "PROOF_INVALID");
    assertProblem(
        send("POST", GROUP + "/links/a~b:rekey", "", "Linkwright-Actor", "edge:a"),
        400,
        "INVALID_REQUEST");
  }

  @Test
  void aGroupShowsAndChangesWhatItsAssociationsAre() {
    JsonNode changed =
        json(
            send(
                "PATCH",
                GROUP,
                "{\"saAlgorithm\": \"aes-cbc-256-hmac-sha-256-128\", \"rekeyAfterBytes\": null,"
                    + " \"rekeyAfterPackets\": 5000}"),
            200);

    assertThat(changed.path("saAlgorithm").asText()).isEqualTo("aes-cbc-256-hmac-sha-256-128");
    assertThat(changed.path("rekeyAfterBytes").isNull()).isTrue();
    assertThat(changed.path("rekeyAfterPackets").asLong()).isEqualTo(5_000);
    for (String wrong : List.of("999", "1.5", "\"5000\"", "1e30", "-1")) {
      assertProblem(
          send("PATCH", GROUP, "{\"rekeyAfterPackets\": %s}".formatted(wrong)),
          400,
          "INVALID_REQUEST");
    }
  }

  @Test
  void wireGuardGroupsHaveNoAssociations() {
    HttpResponse<String> refused =
        send(
            "POST",
            "/v1/groups",
            "{\"id\": \"blue\", \"topology\": \"mesh\", \"tunnelProtocol\": \"wireguard\","
                + " \"saAlgorithm\": \"aes-gcm-256-esn\"}");

    assertProblem(refused, 400, "INVALID_REQUEST");
    assertThat(refused.body()).contains("saAlgorithm", "is for IPsec groups");
  }

  private static KeyRenewal renewal(int keyVersion) {
    return new KeyRenewal(
        new GroupId("red"),
        new EdgeId("a"),
        RenewalReason.BOOT,
        new TreeMap<>(Map.of(LINK, keyVersion)));
  }

  private HttpResponse<String> post(KeyRenewal renewal, EdgeKeys signer, String... headers) {
    return send(
        "POST", renewal.path(), body(renewal, signer.publicKeys().identity(), signer), headers);
  }

  private static String body(KeyRenewal renewal, PublicKey identity, EdgeKeys signer) {
    return new String(renewal.body(identity, signer.sign(renewal)), StandardCharsets.UTF_8);
  }

  private static String member(String edge, EdgeKeys edgeKeys) {
    MemberKeys publicKeys = edgeKeys.publicKeys();
    ObjectNode member = Json.mapper().createObjectNode().put("edge", edge);
    member
        .putObject("keys")
        .put("identity", publicKeys.identity().base64())
        .put("sealing", publicKeys.sealing().base64());
    return member.toString();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
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
    assertThat(json(answer, status).path("code").asText()).isEqualTo(code);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    try {
      return Json.mapper().readTree(answer.body());
    } catch (IOException malformed) {
      throw new AssertionError(answer.body(), malformed);
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
