package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.RedGroup.LINKS;
import static io.linkwright.command.api.RedGroup.MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.InstantSource;
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

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    return service.send(method, path, body, headers);
  }
}
