package io.linkwright.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;

/** What an operator does in these tests, over HTTP. */
record Operator(LinkwrightApi api) {

  /** With two tunnels for each link. */
  JsonNode createPartialMesh(String group, TunnelProtocol protocol) {
    return createPartialMesh(group, protocol, true);
  }

  JsonNode createPartialMesh(String group, TunnelProtocol protocol, boolean dualTunnel) {
    ObjectNode body =
        object()
            .put("id", group)
            .put("topology", "partial-mesh")
            .put("tunnelProtocol", protocol.label())
            .put("dualTunnel", dualTunnel);
    return api.send(ApiCommand.post("/v1/groups", body));
  }

  JsonNode addMember(String group, String edge) {
    return api.send(ApiCommand.post(members(group), object().put("edge", edge)));
  }

  JsonNode addMember(String group, String edge, MemberKeys keys) {
    ObjectNode body = object().put("edge", edge);
    body.set("keys", MemberKeysJson.of(keys));
    return api.send(ApiCommand.post(members(group), body));
  }

  JsonNode addLink(String group, String edgeA, String edgeB) {
    return api.send(ApiCommand.post(links(group), pair(edgeA, edgeB)));
  }

  JsonNode removeLink(String group, String edgeA, String edgeB) {
    return api.send(ApiCommand.delete(links(group) + "/" + edgeA + "~" + edgeB));
  }

  static String members(String group) {
    return "/v1/groups/" + group + "/members";
  }

  static String links(String group) {
    return "/v1/groups/" + group + "/links";
  }

  static ObjectNode pair(String edgeA, String edgeB) {
    return object().put("edgeA", edgeA).put("edgeB", edgeB);
  }

  static ObjectNode object() {
    return LinkwrightApi.mapper().createObjectNode();
  }
}
