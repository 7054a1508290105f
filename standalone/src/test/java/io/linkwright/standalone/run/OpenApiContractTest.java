package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.KeyRenewal;
import io.linkwright.edgeprotocol.RenewalReason;
import io.linkwright.http.Route;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The document against the real server: nothing is documented that is not so, or so and not there.
 */
@Tag("broker")
class OpenApiContractTest {
  /** One handler answers for all paths of the registry. */
  private static final EdgeKeys DENVER = EdgeKeys.generate();

  private static final String REGISTRY_REST = "/registry/<path>";

  private static final String GROUP = "/v1/groups/west";
  private static final String MEMBERS = GROUP + "/members";
  private static final String LINKS = GROUP + "/links";

  private static final String NOBODY = "{\"type\": \"removeMember\", \"edge\": \"nobody\"}";

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static AllInOne run;
  private static OpenApiDocument document;

  @BeforeAll
  static void start() throws Exception {
    data = DataDirectory.open(directory.resolve("data"));
    run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
    document = new OpenApiDocument(OpenApiDocument.json(text("/openapi.json").body()));
  }

  @AfterAll
  static void stop() throws Exception {
    run.close();
    data.close();
  }

  @Test
  void everyRouteIsDocumentedAndNothingElseIs() {
    Set<Route> documented = document.operations();
    Set<Route> registry =
        documented.stream()
            .filter(route -> route.path().startsWith("/registry/"))
            .collect(Collectors.toSet());
    Set<Route> served =
        run.routes().stream()
            // The registry is read-only, and says so itself to other methods.
            .filter(
                route ->
                    !Set.of("PUT", "DELETE").contains(route.method())
                        || !route.path().startsWith("/registry"))
            .filter(route -> !route.equals(new Route("POST", "/registry")))
            // The console's pages are for people; what they do goes over the API.
            .filter(route -> !route.path().equals("/") && !route.path().startsWith("/console"))
            .collect(Collectors.toSet());

    Set<Route> rest =
        served.stream()
            .filter(route -> route.path().equals(REGISTRY_REST))
            .collect(Collectors.toSet());
    assertThat(rest).extracting(Route::method).containsExactlyInAnyOrder("GET", "POST");
    assertThat(registry).extracting(Route::method).containsOnly("GET", "POST");
    served.removeAll(rest);
    assertThat(without(documented, registry)).isEqualTo(served);
  }

  @Test
  void everyRefusalHasItsCodeInTheDocument() {
    Set<String> ofTheServer =
        Set.of(
            ProblemCodes.UNAUTHENTICATED,
            ProblemCodes.FORBIDDEN,
            ProblemCodes.FOREIGN_ORIGIN,
            ProblemCodes.MISDIRECTED_REQUEST,
            ProblemCodes.NOT_FOUND,
            ProblemCodes.METHOD_NOT_ALLOWED,
            ProblemCodes.REQUEST_TOO_LARGE,
            ProblemCodes.REQUEST_TOO_SLOW,
            ProblemCodes.UNSUPPORTED_MEDIA_TYPE,
            ProblemCodes.INTERNAL_ERROR,
            ProblemCodes.NOT_READY,
            ProblemCodes.IDEMPOTENCY_KEY_REUSED,
            ProblemCodes.OUTCOME_UNKNOWN);

    assertThat(document.problemCodes())
        .isEqualTo(
            Stream.concat(
                    ofTheServer.stream(), Arrays.stream(RejectionCode.values()).map(Enum::name))
                .collect(Collectors.toSet()));
  }

  @Test
  void everyOperationAnswersAsDocumented() throws Exception {
    try (ContractClient client = new ContractClient(run.url(), document)) {
      changeAGroup(client);
      ask(client);
      takeAway(client);
      askTheRegistry(client);
      askTheProcess(client);

      Map<Route, Set<Integer>> expected = new HashMap<>();
      Map<Route, Set<Integer>> exercised = new HashMap<>();
      document
          .operations()
          .forEach(route -> expected.put(route, classes(document.statuses(route))));
      client.exercised().forEach((route, statuses) -> exercised.put(route, classes(statuses)));
      assertThat(exercised).containsExactlyInAnyOrderEntriesOf(expected);
    }
  }

  /** 2 of 204, 4 of 404; faults, 5, are {@link OpenApiFaultTest}'s. */
  private static Set<Integer> classes(Set<Integer> statuses) {
    return statuses.stream()
        .map(status -> status / 100)
        .filter(first -> first != 5)
        .collect(Collectors.toSet());
  }

  @Test
  void theDocumentIsBrowsedWithNothingFromOtherHosts() throws Exception {
    HttpResponse<String> page = text("/docs");

    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    assertThat(page.body()).doesNotContain("http:", "https:", "//", "<script>");
    assertThat(text("/docs/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
    assertThat(text("/docs/swagger-ui.css").body()).contains(".swagger-ui");
  }

  private static void changeAGroup(ContractClient client) throws Exception {
    String west =
        "{\"id\": \"west\", \"topology\": \"partial-mesh\", \"tunnelProtocol\": \"ipsec\","
            + " \"dualTunnel\": true, \"saAlgorithm\": \"aes-gcm-256-esn\","
            + " \"rekeyAfterBytes\": 1099511627776, \"rekeyAfterPackets\": null}";
    client.post(200, "/v1/groups?dryRun=true", west);
    client.post(201, "/v1/groups", west);
    client.post(409, "/v1/groups", west);
    client.send(200, "PATCH", GROUP, "{\"name\": \"West\"}");
    client.send(200, "PATCH", GROUP, "{\"rekeyAfterPackets\": 1000000}");
    client.send(400, "PATCH", GROUP, "{\"nmae\": \"West\"}");
    client.send(412, "PATCH", GROUP, "{\"name\": \"W\"}", "If-Match", "\"1\"");

    client.post(201, MEMBERS, member("denver", "198.51.100.1:4500", DENVER));
    client.post(409, MEMBERS, member("denver", "198.51.100.1:4500", DENVER));
    client.post(201, MEMBERS, "{\"edge\": \"boise\", \"enrollmentTtl\": \"PT1H\"}");
    client.post(201, MEMBERS, "{\"edge\": \"seattle\", \"latitude\": 47.6, \"longitude\": -122.3}");
    client.send(200, "PATCH", MEMBERS + "/seattle", "{\"endpoint\": \"198.51.100.2:4500\"}");
    client.send(404, "PATCH", MEMBERS + "/nobody", "{\"name\": \"N\"}");
    String token = client.post(200, MEMBERS + "/seattle:token", "{}").path("token").asText();
    client.post(404, MEMBERS + "/nobody:token", "{}");
    client.post(403, MEMBERS + "/seattle:enroll", enrolling("lwe_" + "A".repeat(54)));
    client.post(200, MEMBERS + "/seattle:enroll", enrolling(token));

    String threeIsolated = GROUP + "?minRevision=6";
    assertThat(client.get(200, threeIsolated).path("notices")).hasSize(3);

    client.post(201, LINKS, pair("denver", "seattle"));
    client.post(409, LINKS, pair("seattle", "denver"));
    client.post(422, LINKS, pair("denver", "denver"));
    client.post(200, LINKS + ":batch", "{\"add\": [%s]}".formatted(pair("boise", "denver")));
    client.post(422, LINKS + ":batch", "{\"add\": [%s]}".formatted(pair("denver", "nobody")));
    client.post(200, GROUP + ":recover?dryRun=true", "{\"aboveRevision\": 100}");
    client.post(404, "/v1/groups/nowhere:recover", "");
    client.post(200, LINKS + "/seattle~denver:rekey", "{}");
    client.post(404, LINKS + "/denver~nobody:rekey", "");
    client.post(200, MEMBERS + "/denver:rekey", "");
    client.post(404, MEMBERS + "/nobody:rekey", "");
    client.post(200, MEMBERS + "/denver:renew", renewal(DENVER));
    client.post(403, MEMBERS + "/denver:renew", renewal(EdgeKeys.generate()));

    changeTogether(client);
    client.post(
        201,
        "/v1/groups",
        "{\"id\": \"east\", \"topology\": \"mesh\", \"tunnelProtocol\": \"wireguard\"}");
    client.post(201, "/v1/groups/east/members", member("boston", "198.51.100.3:51820"));
    client.post(201, "/v1/groups/east/members", member("albany", "198.51.100.4:51820"));
  }

  /** Every kind of step; none that stays, but for names and keys. */
  private static void changeTogether(ContractClient client) throws Exception {
    String helena = member("helena", "198.51.100.9:4500").replace("{\"edge", "{%s\"edge");
    String steps =
        String.join(
            ", ",
            "{\"type\": \"changeGroup\", \"name\": \"Far west\"}",
            helena.formatted("\"type\": \"addMember\", "),
            "{\"type\": \"changeMember\", \"edge\": \"helena\", \"endpoint\": null}",
            "{\"type\": \"addLink\", \"edgeA\": \"helena\", \"edgeB\": \"denver\"}",
            "{\"type\": \"rekeyLink\", \"link\": \"helena~denver\"}",
            "{\"type\": \"rekeyMember\", \"edge\": \"helena\"}",
            "{\"type\": \"removeLink\", \"link\": \"denver~helena\"}",
            "{\"type\": \"changeLinks\", \"add\": [%s]}".formatted(pair("helena", "boise")),
            "{\"type\": \"revokeMember\", \"edge\": \"helena\", \"links\": \"keep\"}",
            "{\"type\": \"inviteMember\", \"edge\": \"helena\", \"enrollmentTtl\": \"PT1H\"}",
            "{\"type\": \"removeMember\", \"edge\": \"helena\"}",
            "{\"type\": \"inviteMember\", \"edge\": \"boise\"}");
    client.post(200, GROUP + ":change?dryRun=true", "{\"steps\": [%s]}".formatted(steps));
    JsonNode answer = client.post(200, GROUP + ":change", "{\"steps\": [%s]}".formatted(steps));
    assertThat(answer.at("/invited/0/edge").asText()).isEqualTo("boise");
    client.post(409, GROUP + ":change", "{\"steps\": [%s]}".formatted(steps));
    client.post(422, GROUP + ":change", "{\"steps\": [%s]}".formatted(NOBODY));
    client.post(400, GROUP + ":change", "{\"steps\": []}");
    client.post(
        200,
        "/v1/groups/south:change?dryRun=true",
        "{\"steps\": [{\"type\": \"createGroup\", \"id\": \"south\", \"topology\": \"mesh\","
            + " \"tunnelProtocol\": \"ipsec\"}]}");
  }

  private static void ask(ContractClient client) throws Exception {
    client.post(200, MEMBERS + "/seattle:revoke", "{\"links\": \"keep\"}");
    client.post(404, MEMBERS + "/nobody:revoke", "{}");
    client.post(200, MEMBERS + "/seattle:revoke", "{\"links\": \"keep\"}");
    long revision =
        client.send(200, "PATCH", GROUP, "{\"name\": \"The west\"}").path("revision").asLong();
    String reached = "?minRevision=" + revision;
    client.get(200, GROUP + reached);
    assertThat(client.get(200, MEMBERS + reached).path("members")).hasSize(3);
    client.get(200, MEMBERS + "/seattle" + reached);
    assertThat(client.get(200, LINKS + reached).path("links")).hasSize(2);
    assertThat(client.get(200, LINKS + reached + "&edge=boise").path("links")).hasSize(1);
    client.get(200, GROUP + "/graph" + reached);
    assertThat(client.get(200, GROUP + "/events" + reached).path("events")).hasSize((int) revision);
    assertThat(client.get(200, "/v1/groups/east/events?minRevision=4").path("events")).hasSize(4);
    assertThat(client.get(200, "/v1/groups").path("groups")).hasSize(2);
    assertThat(client.changes(GROUP + "/changes?after=0")).isEqualTo((int) revision);

    client.get(400, "/v1/groups?limit=0");
    for (String query : new String[] {"", "/members", "/links", "/graph", "/events", "/changes"}) {
      client.get(404, "/v1/groups/nowhere" + query);
    }
    client.get(404, MEMBERS + "/nobody");
    client.get(400, GROUP + "?minRevision=" + (revision + 1));
    client.connect("/v1/edges/denver/connect", EdgeConnection.SUBPROTOCOL);
    client.connect("/v1/edges/denver/connect", "another.v1");
  }

  private static void takeAway(ContractClient client) throws Exception {
    assertThat(
            client
                .post(200, MEMBERS + "/seattle:revoke", "{\"links\": \"remove\"}")
                .path("affectedEdges"))
        .hasSize(2);
    client.post(200, MEMBERS + "/seattle:revoke", "{\"links\": \"remove\"}");
    client.send(200, "DELETE", LINKS + "/denver~boise", "");
    client.send(404, "DELETE", LINKS + "/denver~boise", "{}");
    client.send(200, "DELETE", MEMBERS + "/boise", "");
    client.send(404, "DELETE", MEMBERS + "/boise", "");
    long last = client.send(200, "DELETE", GROUP, "").path("revision").asLong();
    client.send(404, "DELETE", GROUP, "");
    client.get(200, GROUP + "/events?minRevision=" + last);
  }

  private static void askTheRegistry(ContractClient client) throws Exception {
    String subject = "/registry/subjects/linkwright.topology-value";
    client.get(200, "/registry");
    client.get(200, "/registry/subjects");
    client.get(200, subject + "/versions");
    client.get(200, subject + "/versions/1/schema");
    JsonNode latest = client.get(200, subject + "/versions/latest");
    String schema =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("schema", latest.path("schema").asText())
            .toString();
    client.post(200, subject, schema);
    client.post(200, subject + "/versions", schema);
    client.post(404, "/registry/subjects/none", schema);
    client.post(422, subject + "/versions", "{\"schema\": \"\\\"string\\\"\"}");
    for (String part : new String[] {"", "/schema", "/subjects", "/versions"}) {
      client.get(200, "/registry/schemas/ids/" + latest.path("id").asInt() + part);
      client.get(404, "/registry/schemas/ids/999" + part);
    }
    client.get(200, "/registry/schemas/types");
    client.get(200, "/registry/config");
    client.get(200, "/registry/config/linkwright.topology-value");
    client.get(200, "/registry/mode");
    client.get(404, "/registry/config/none");
    client.get(404, "/registry/subjects/none/versions");
    client.get(404, "/registry/subjects/none/versions/1");
    client.get(404, "/registry/subjects/none/versions/1/schema");
  }

  private static void askTheProcess(ContractClient client) throws Exception {
    for (String path :
        new String[] {
          "/v1/whoami", "/livez", "/readyz", "/metrics", "/openapi.json", "/docs", "/docs/start.js"
        }) {
      client.get(200, path);
    }
    client.get(404, "/docs/missing.js");
  }

  private static String member(String edge, String endpoint) {
    return member(edge, endpoint, EdgeKeys.generate());
  }

  private static String renewal(EdgeKeys signer) {
    KeyRenewal renewal =
        new KeyRenewal(
            new GroupId("west"),
            new EdgeId("denver"),
            RenewalReason.BOOT,
            new TreeMap<>(Map.of(LinkId.parse("denver~seattle"), 3)));
    byte[] body = renewal.body(DENVER.publicKeys().identity(), signer.sign(renewal));
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String member(String edge, String endpoint, EdgeKeys keys) {
    return LinkwrightApi.mapper()
        .createObjectNode()
        .put("edge", edge)
        .put("endpoint", endpoint)
        .set("keys", MemberKeysJson.of(keys.publicKeys()))
        .toString();
  }

  static String enrolling(String token) {
    return LinkwrightApi.mapper()
        .createObjectNode()
        .put("token", token)
        .set("keys", MemberKeysJson.of(EdgeKeys.generate().publicKeys()))
        .toString();
  }

  private static String pair(String edgeA, String edgeB) {
    return "{\"edgeA\": \"%s\", \"edgeB\": \"%s\"}".formatted(edgeA, edgeB);
  }

  private static Set<Route> without(Set<Route> routes, Set<Route> others) {
    Set<Route> left = new HashSet<>(routes);
    left.removeAll(others);
    return left;
  }

  private static HttpResponse<String> text(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(run.url().resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer;
    }
  }
}
