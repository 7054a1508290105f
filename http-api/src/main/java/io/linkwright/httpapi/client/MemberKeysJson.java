package io.linkwright.httpapi.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.member.MemberKeys;

/** A member's public keys as the API takes them. */
public final class MemberKeysJson {
  private MemberKeysJson() {}

  /** {@code {identity, sealing, wireGuard: [..]}}, each in base64. */
  public static ObjectNode of(MemberKeys keys) {
    ObjectNode json =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("identity", keys.identity().base64())
            .put("sealing", keys.sealing().base64());
    ArrayNode wireGuard = json.putArray("wireGuard");
    keys.wireGuard().forEach(key -> wireGuard.add(key.base64()));
    return json;
  }
}
