package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the API document has a command, and the command makes that very call: each is
 * run against a server that takes down what it is asked. A new operation fails until it is listed.
 */
class OperationsTest {
  /** Operations, by the command that calls them. */
  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("listGroups", "groups"),
          Map.entry("createGroup", "group create west --topology mesh --protocol ipsec"),
          Map.entry("showGroup", "group show west"),
          Map.entry("changeGroup", "group change west --dual-tunnel --no-rekey"),
          Map.entry("deleteGroup", "group delete west"),
          Map.entry("recoverGroup", "recover west --yes"),
          Map.entry("listMembers", "members west"),
          Map.entry("addMember", "member add west denver --subnet 10.1.0.0/16"),
          Map.entry("showMember", "member show west denver"),
          Map.entry("changeMember", "member change west denver --no-endpoint"),
          Map.entry("removeMember", "member remove west denver"),
          Map.entry("inviteMember", "member token west denver --ttl PT1H"),
          Map.entry("revokeMember", "member revoke west denver"),
          Map.entry("rekeyMember", "member rekey west denver"),
          Map.entry("listLinks", "links west --edge denver"),
          Map.entry("addLink", "link add west seattle denver"),
          Map.entry("changeLinks", "link batch west --add a~b,c~b --remove a~c"),
          Map.entry("removeLink", "link remove west seattle denver"),
          Map.entry("rekeyLink", "link rekey west seattle denver"),
          Map.entry("showGraph", "graph west"),
          Map.entry("listEvents", "events west --from 3"),
          Map.entry("whoAmI", "whoami"),
          Map.entry("live", "health"),
          Map.entry("ready", "health"),
          Map.entry("metrics", "api GET /metrics"),
          Map.entry("describe", "api GET /openapi.json"),
          Map.entry("browse", "api GET /docs"),
          Map.entry("browseFile", "api GET /docs/start.js"),
          Map.entry("registryRoot", "api GET /registry"),
          Map.entry("registrySubjects", "api GET /registry/subjects"),
          Map.entry("registryLookUp", "api POST /registry/subjects/s --body {}"),
          Map.entry("registryVersions", "api GET /registry/subjects/s/versions"),
          Map.entry("registryRegister", "api POST /registry/subjects/s/versions --body {}"),
          Map.entry("registryVersion", "api GET /registry/subjects/s/versions/1"),
          Map.entry("registryVersionSchema", "api GET /registry/subjects/s/versions/1/schema"),
          Map.entry("registryTypes", "api GET /registry/schemas/types"),
          Map.entry("registryById", "api GET /registry/schemas/ids/1"),
          Map.entry("registryByIdSchema", "api GET /registry/schemas/ids/1/schema"),
          Map.entry("registryByIdSubjects", "api GET /registry/schemas/ids/1/subjects"),
          Map.entry("registryByIdVersions", "api GET /registry/schemas/ids/1/versions"),
          Map.entry("registryConfig", "api GET /registry/config"),
          Map.entry("registrySubjectConfig", "api GET /registry/config/s"),
          Map.entry("registryMode", "api GET /registry/mode"));

  /** Commands that one answer does not end; tests of their own run them against real services. */
  private static final Map<String, String> CONVERSATIONS =
      Map.of(
          "watchChanges", "tail",
          "changeContents", "apply",
          "enrollMember", "edge join",
          "connectEdge", "edge run",
          "renewKeys", "edge run");

  /** What any answer has, whichever is asked for. */
  private static final String ANYTHING =
      """
      {"actor": "anonymous", "provedBy": "unauthenticated", "grants": [],
       "live": true, "ready": true, "modules": {}, "revision": 1,
       "id": "west", "name": "West", "topology": "mesh", "tunnelProtocol": "ipsec",
       "dualTunnel": false, "addressPool": "100.64.0.0/16", "memberCount": 0, "linkCount": 0,
       "isolatedMembers": [], "notices": [],
       "edge": "denver", "enrolled": false, "enrollment": "awaiting", "allowedSubnets": [],
       "overlayAddresses": [], "isolated": false, "connected": false, "desiredRevision": 0,
       "acknowledgedRevision": 0, "awaitingEnrollment": true,
       "groups": [], "members": [], "links": [], "events": [],
       "link": "denver~seattle", "added": [], "removed": [], "rekeyed": [],
       "affectedEdges": [], "awaitingEdges": []}
      """;

  /** Of a graph the isolated members are a list, of a recovery the members a number. */
  private static final String GRAPH =
      """
      {"revision": 1, "nodes": [], "edges": [], "isolated": [], "components": []}
      """;

  private static final String RECOVERED =
      """
      {"revision": 2, "lastRevision": 1, "members": 0, "links": 0}
      """;

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void everyOperationHasACommandAndNoOtherIsListed() throws IOException {
    Map<String, String> listed = new TreeMap<>(COMMANDS);
    listed.putAll(CONVERSATIONS);

    assertThat(listed.keySet()).isEqualTo(operations().keySet());
    assertThat(listed).hasSize(COMMANDS.size() + CONVERSATIONS.size());
  }

  @Test
  void conversationsAreCommands() {
    for (String command : CONVERSATIONS.values()) {
      assertThat(run(command + " --help")).as(command).isZero();
    }
  }

  @TestFactory
  List<DynamicTest> theCommandMakesTheCall() throws IOException {
    Map<String, Operation> operations = operations();
    return COMMANDS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      calls.clear();

                      int exitCode = run(entry.getValue() + server());

                      assertThat(exitCode).isZero();
                      assertThat(calls).anyMatch(operations.get(entry.getKey())::isCalledBy);
                    }))
        .toList();
  }

  private static String answer(String path) {
    if (path.endsWith("/graph")) {
      return GRAPH;
    }
    return path.endsWith(":recover") ? RECOVERED : ANYTHING;
  }

  private record Operation(String method, String template) {
    boolean isCalledBy(String call) {
      String path = template.replace("{version}", "1").replaceAll("\\{[^}]+}", "[^/:]+");
      return call.matches(method + " " + path);
    }
  }

  private static Map<String, Operation> operations() throws IOException {
    Map<String, Operation> operations = new TreeMap<>();
    try (InputStream document =
        AllCommands.class.getResourceAsStream("/io/linkwright/standalone/docs/openapi.json")) {
      JsonNode paths = LinkwrightApi.mapper().readTree(document).path("paths");
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
          operations.put(
              operation.getValue().path("operationId").asText(),
              new Operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey()));
        }
      }
    }
    return operations;
  }

  private String server() {
    return " --server http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static int run(String arguments) {
    return AllCommands.commandLine(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            new Settings(Map.of(), Path.of("/nowhere")))
        .execute(arguments.split(" ", -1));
  }
}
