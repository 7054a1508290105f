package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.ApiClient.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.util.List;
import java.util.Map;

/** The group that the tests command: at revision 4, a and b with keys, c without, no link. */
final class RedGroup {
  static final String LINKS = "/v1/groups/red/links";
  static final String MEMBERS = "/v1/groups/red/members";

  private static final Map<String, ObjectNode> KEYS =
      Map.of(
          "a", keys(EdgeKeys.generate().publicKeys()),
          "b", keys(EdgeKeys.generate().publicKeys()));

  private RedGroup() {}

  static void createIn(ServiceInMemory service) {
    assertStatus(
        service.send(
            "POST",
            "/v1/groups",
            "{\"id\": \"red\", \"topology\": \"partial-mesh\", \"tunnelProtocol\":"
                + " \"wireguard\"}"),
        201);
    for (String edge : List.of("a", "b")) {
      assertStatus(
          service.send(
              "POST", MEMBERS, "{\"edge\": \"%s\", \"keys\": %s}".formatted(edge, KEYS.get(edge))),
          201);
    }
    assertStatus(service.send("POST", MEMBERS, "{\"edge\": \"c\"}"), 201);
  }
}
