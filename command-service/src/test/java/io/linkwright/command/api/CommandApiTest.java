package io.linkwright.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.command.ownership.Owner;
import io.linkwright.command.ownership.PartitionOwners;
import io.linkwright.command.writer.PartitionWriter;
import io.linkwright.command.writer.PlainConfiguration;
import io.linkwright.command.writer.WriterLimits;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.command.writer.WriterProtocol;
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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP API as design section 5 promises it, over a log in memory. */
final class CommandApiTest {
  private static final String LINKS = "/v1/groups/red/links";
  private static final String MEMBERS = "/v1/groups/red/members";

  private static final ControllerKey CONTROLLER = ControllerKey.generate();
  private static final ObjectNode KEYS = keys(EdgeKeys.generate().publicKeys());

  private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();
  private final InMemoryEventLog log =
      new InMemoryEventLog(
          1,
          _ -> {
            Fate fate = fates.poll();
            return fate == null ? Fate.WELL : fate;
          });
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private PartitionWriter writer;
  private CommandGateway gateway;
  private HttpServer server;

  @BeforeEach
  void start() {
    WriterMetrics writerMetrics = new WriterMetrics(metrics);
    writer =
        PartitionWriter.start(
            0,
            new WriterProtocol(
                0, log, new PlainConfiguration(), WriterLimits.DEFAULT, writerMetrics),
            WriterLimits.DEFAULT,
            CommandStamps.system(CONTROLLER).rekeys(writerMetrics));
    gateway = gateway(_ -> new Owner.Local(writer));
    server = server(gateway);
    createGroup();
    for (String edge : List.of("a", "b")) {
      assertStatus(
          send("POST", MEMBERS, "{\"edge\": \"%s\", \"keys\": %s}".formatted(edge, KEYS)), 201);
    }
    assertStatus(send("POST", MEMBERS, "{\"edge\": \"c\"}"), 201);
  }

  @AfterEach
  void stop() {
    server.close();
    gateway.close();
    writer.close();
    client.close();
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
                    + "\"affectedEdges\":[],\"token\":\"%s\"}")
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
        .isEqualTo("{\"revision\":5,\"link\":\"a~b\",\"affectedEdges\":[\"a\",\"b\"]}");
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
    assertThat(log.events(0)).hasSize(6);
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
  void refusesWithStableCodes() {
    send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");
    send("PATCH", MEMBERS + "/a", "{\"allowedSubnets\": [\"10.1.0.0/16\"]}");

    assertProblem(
        send("POST", "/v1/groups/none/links", "{\"edgeA\": \"b\", \"edgeB\": \"a\"}"),
        404,
        "UNKNOWN_GROUP");
    assertProblem(
        send(
            "POST",
            "/v1/groups",
            "{\"id\": \"red\", \"topology\": \"mesh\", \"tunnelProtocol\": \"ipsec\"}"),
        409,
        "GROUP_EXISTS");
    assertProblem(send("POST", MEMBERS, "{\"edge\": \"a\"}"), 409, "MEMBER_EXISTS");
    assertProblem(send("DELETE", MEMBERS + "/x", ""), 404, "UNKNOWN_MEMBER");
    assertProblem(
        send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"x\"}"),
        422,
        "UNKNOWN_MEMBER",
        "edgeB");
    assertProblem(send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"b\"}"), 409, "LINK_EXISTS");
    assertProblem(send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"a\"}"), 422, "LINK_TO_SELF");
    assertProblem(send("DELETE", LINKS + "/a~c", ""), 404, "UNKNOWN_LINK");
    assertProblem(
        send("PATCH", MEMBERS + "/b", "{\"allowedSubnets\": [\"10.1.2.0/24\"]}"),
        409,
        "SUBNETS_OVERLAP");
    send("PATCH", "/v1/groups/red", "{\"topology\": \"mesh\"}");
    assertProblem(send("DELETE", LINKS + "/a~b", ""), 409, "LINKS_ARE_AUTOMATIC");
  }

  @Test
  void refusesWhatItCannotReadAndWritesNothing() {
    int before = log.events(0).size();

    assertProblem(send("POST", LINKS, "{"), 400, "INVALID_REQUEST");
    assertProblem(send("POST", LINKS, "{\"edgeA\": \"a\"}"), 400, "INVALID_REQUEST", "edgeB");
    assertProblem(
        send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"B!\"}"),
        400,
        "INVALID_REQUEST",
        "edgeB");
    assertProblem(
        send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"b\", \"c\": 1}"),
        400,
        "INVALID_REQUEST",
        "c");
    assertProblem(
        send("POST", MEMBERS, "{\"edge\": \"d\", \"allowedSubnets\": [\"10.0.0.1/8\"]}"),
        400,
        "INVALID_REQUEST",
        "allowedSubnets[0]");
    assertProblem(
        send("POST", MEMBERS, "{\"edge\": \"d\", \"latitude\": 91, \"longitude\": 0}"),
        400,
        "INVALID_REQUEST",
        "latitude");
    assertProblem(
        send("POST", MEMBERS, "{\"edge\": \"d\", \"latitude\": 9}"),
        400,
        "INVALID_REQUEST",
        "longitude");
    assertProblem(
        send(
            "POST",
            MEMBERS,
            "{\"edge\": \"d\", \"keys\": {\"identity\": \"AA==\", \"sealing\": \"AA==\"}}"),
        400,
        "INVALID_REQUEST",
        "keys.identity");
    assertProblem(send("DELETE", LINKS + "/a", ""), 400, "INVALID_REQUEST", "link");
    assertProblem(send("DELETE", "/v1/groups/R%20ed", ""), 400, "INVALID_REQUEST", "group");
    assertProblem(send("DELETE", LINKS + "/a~b?dryrun=true", ""), 400, "INVALID_REQUEST", "dryrun");
    assertProblem(send("POST", LINKS, "x".repeat(1 << 21)), 413, "REQUEST_TOO_LARGE");
    assertThat(log.events(0)).hasSize(before);
  }

  @Test
  void aDryRunSaysWhatWouldBeAndWritesNothing() {
    HttpResponse<String> dry =
        send("POST", LINKS + "?dryRun=true", "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");

    assertStatus(dry, 200);
    assertThat(json(dry).path("revision").longValue()).isEqualTo(5);
    assertThat(json(dry).path("dryRun").booleanValue()).isTrue();
    assertThat(log.events(0)).hasSize(4);
  }

  @Test
  void ifMatchHoldsACommandToTheRevisionItWasMadeFor() {
    String body = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";

    assertProblem(send("POST", LINKS, body, "If-Match", "\"3\""), 412, "REVISION_MISMATCH");
    assertProblem(send("POST", LINKS, body, "If-Match", "*"), 400, "INVALID_REQUEST", "If-Match");
    assertProblem(send("POST", LINKS, body, "If-Match", "4"), 400, "INVALID_REQUEST", "If-Match");
    assertStatus(send("POST", LINKS, body, "If-Match", "\"4\""), 201);
  }

  @Test
  void aRepeatedKeyIsAnsweredAsTheFirstTimeWhateverHappenedSince() {
    String body = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";
    HttpResponse<String> first =
        send("POST", LINKS, body, "Idempotency-Key", "k", "If-Match", "\"4\"");
    send("DELETE", LINKS + "/a~b", "");

    HttpResponse<String> repeat =
        send("POST", LINKS, body, "Idempotency-Key", "k", "If-Match", "\"4\"");

    assertStatus(repeat, 201);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertProblem(
        send("DELETE", LINKS + "/a~b", "", "Idempotency-Key", "k"), 422, "IDEMPOTENCY_KEY_REUSED");
    assertProblem(
        send("POST", LINKS, body, "Idempotency-Key", "a b"),
        400,
        "INVALID_REQUEST",
        "Idempotency-Key");
  }

  @Test
  void recordsWhoAskedForIt() {
    send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}", "Linkwright-Actor", "Ada L.");

    assertThat(log.events(0).getLast().actor()).isEqualTo("Ada L.");
    assertThat(log.events(0).getFirst().actor()).isEqualTo("anonymous");
  }

  @Test
  void anUnknownOutcomeIsSaidAndARepeatTellsTheTruth() {
    String body = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";
    fates.add(Fate.UNKNOWN_COMMITTED_AT_NEXT_CLAIM);

    HttpResponse<String> unknown = send("POST", LINKS, body, "Idempotency-Key", "k");
    HttpResponse<String> repeat = send("POST", LINKS, body, "Idempotency-Key", "k");

    assertProblem(unknown, 504, "OUTCOME_UNKNOWN");
    assertStatus(repeat, 201);
    assertThat(log.events(0)).hasSize(5);
  }

  @Test
  void whatWasNotDoneAndCanBeTriedAgainSaysWhen() {
    fates.addAll(List.of(Fate.ABORTED, Fate.ABORTED));

    HttpResponse<String> aborted = send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");

    assertProblem(aborted, 503, "NOT_READY");
    assertThat(aborted.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void withoutAnOwnerNothingIsDone() {
    try (CommandGateway ownerless = gateway(_ -> new Owner.Nobody());
        HttpServer other = server(ownerless)) {
      assertProblem(
          send(other.port(), "DELETE", "/v1/groups/red", "", new String[0]), 503, "NOT_READY");
    }
  }

  @Test
  void anotherOwnersAnswerIsPassedOnAndARequestIsForwardedOnce() {
    try (CommandGateway remote = gateway(_ -> new Owner.Remote(url(server.port())));
        HttpServer other = server(remote)) {
      HttpResponse<String> forwarded =
          send(
              other.port(),
              "POST",
              LINKS,
              "{\"edgeA\": \"b\", \"edgeB\": \"a\"}",
              new String[] {"If-Match", "\"4\""});
      HttpResponse<String> looping =
          send(
              other.port(),
              "DELETE",
              LINKS + "/a~b",
              "",
              new String[] {RequestHeaders.FORWARDED_BY, "somebody"});

      assertStatus(forwarded, 201);
      assertThat(forwarded.headers().firstValue("ETag")).hasValue("\"5\"");
      assertProblem(looping, 503, "NOT_READY");
    }
  }

  @Test
  void countsCommandsByKindAndOutcome() {
    send("POST", LINKS, "{\"edgeA\": \"a\", \"edgeB\": \"a\"}");

    assertThat(metrics.scrape())
        .contains("linkwright_command_commands_total{kind=\"AddMember\",outcome=\"DONE\"} 3.0")
        .contains(
            "linkwright_command_commands_total{kind=\"AddLink\",outcome=\"LINK_TO_SELF\"} 1.0");
  }

  private static ObjectNode keys(MemberKeys keys) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("identity", keys.identity().base64());
    body.put("sealing", keys.sealing().base64());
    ArrayNode wireGuard = body.putArray("wireGuard");
    keys.wireGuard().forEach(key -> wireGuard.add(key.base64()));
    return body;
  }

  private void createGroup() {
    assertStatus(
        send(
            "POST",
            "/v1/groups",
            "{\"id\": \"red\", \"topology\": \"partial-mesh\", \"tunnelProtocol\":"
                + " \"wireguard\"}"),
        201);
  }

  private CommandGateway gateway(PartitionOwners owners) {
    return new CommandGateway(
        1, owners, CommandStamps.system(CONTROLLER), "test", Duration.ofSeconds(10), metrics);
  }

  private static HttpServer server(CommandGateway gateway) {
    return HttpServer.start(
        new HttpServerConfig("127.0.0.1", 0),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        List.of(new Module(gateway)));
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

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    return send(server.port(), method, path, body, headers);
  }

  private HttpResponse<String> send(
      int port, String method, String path, String body, String[] headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(port).resolve(path))
            .timeout(Duration.ofSeconds(20))
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

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static void assertStatus(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertStatus(answer, status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).path("code").textValue()).isEqualTo(code);
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String code, String field) {
    assertProblem(answer, status, code);
    assertThat(json(answer).path("field").textValue()).as(answer.body()).isEqualTo(field);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (IOException notJson) {
      throw new AssertionError(answer.body(), notJson);
    }
  }
}
