package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.ApiClient.json;
import static io.linkwright.command.api.RedGroup.LINKS;
import static io.linkwright.command.api.RedGroup.MEMBERS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused, with which code, and that nothing is written then. */
final class RefusedCommandsTest {
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
    int before = service.log().events(0).size();

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
    assertThat(service.log().events(0)).hasSize(before);
  }

  @Test
  void aDryRunThatCannotBeReadIsNone() throws Exception {
    for (String query :
        List.of("dryRun=true%", "dryRun=tru%65%", "dryRun=true&dryRun=true", "%64ryRun", "x=%00")) {
      assertThat(answerTo("DELETE /v1/groups/red?" + query)).as(query).startsWith("HTTP/1.1 400");
    }
    assertStatus(send("GET", "/v1/groups/red", "", "X-HTTP-Method-Override", "DELETE"), 405);

    assertThat(service.log().events(0)).hasSize(4);
    assertThat(
            json(send("DELETE", "/v1/groups/red?%64ryRun=tr%75e", "")).path("dryRun").asBoolean())
        .isTrue();
    assertThat(service.log().events(0)).hasSize(4);
  }

  @Test
  void anActorIsKeptAsItIsOrRefused() {
    String link = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";

    assertStatus(send("POST", LINKS, link, "Linkwright-Actor", "UTF-8''Alice%20M%C3%BCller"), 201);

    assertThat(service.log().events(0).getLast().actor()).isEqualTo("Alice Müller");
    for (String actor : List.of("UTF-8''%", "UTF-8''%0A", " ", "edge:a", "UTF-8''edge%3Aa")) {
      assertProblem(
          send("DELETE", LINKS + "/a~b", "", "Linkwright-Actor", actor),
          400,
          "INVALID_REQUEST",
          "Linkwright-Actor");
    }
  }

  @Test
  void headersAreLookedAtBeforeTheBodyWhateverTheCommand() {
    for (String path :
        List.of(
            "/v1/groups",
            "/v1/groups/red:change",
            MEMBERS,
            MEMBERS + "/a:token",
            MEMBERS + "/a:enroll",
            MEMBERS + "/a:revoke",
            MEMBERS + "/a:rekey",
            MEMBERS + "/a:renew",
            LINKS,
            LINKS + ":batch",
            LINKS + "/a~b:rekey")) {
      assertProblem(
          send("POST", path, "no JSON", "If-Match", "12"), 400, "INVALID_REQUEST", "If-Match");
      assertProblem(
          send("POST", path, "no JSON", "Idempotency-Key", "a b"),
          400,
          "INVALID_REQUEST",
          "Idempotency-Key");
      assertProblem(
          send("POST", path, "no JSON", "If-Match", "\"1\"", "If-Match", "\"2\""),
          400,
          "INVALID_REQUEST",
          "If-Match");
    }
  }

  @Test
  void namesThatNobodySeesAreRefused() {
    for (String name : List.of("\\u200b", "\\u202e", "\\u0000", "a\\u2028b", "\\ud800", "\u3164")) {
      assertStatus(send("POST", MEMBERS, "{\"edge\": \"d\", \"name\": \"" + name + "\"}"), 400);
    }
  }

  /** Java's own client does not send a URL that is none. */
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.url().getPort())) {
      String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((request + rest).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    return service.send(method, path, body, headers);
  }
}
