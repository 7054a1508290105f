package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an edge asks of the controller when it must not go on with keys: new ones for these links,
 * unless they are newer by now. It is posted to {@link #path}, signed with the edge's identity key.
 * It names the keys it is about, so whoever sends it again brings about nothing.
 *
 * @param keyVersions of the keys that are to be replaced
 */
public record KeyRenewal(
    GroupId group, EdgeId edge, RenewalReason reason, SortedMap<LinkId, Integer> keyVersions) {

  /** Copies the map. */
  public KeyRenewal {
    keyVersions = Collections.unmodifiableSortedMap(new TreeMap<>(keyVersions));
  }

  /** Path of the request, below the server's address. */
  public String path() {
    return "/v1/groups/%s/members/%s:renew".formatted(group, edge);
  }

  /** Names this request in the log, with the reason. */
  public String idempotencyKey(UUID unique) {
    return "%s:%s:%s".formatted(edge, reason.label(), unique);
  }

  /** The body of the request. */
  public byte[] body(PublicKey identity, byte[] signature) {
    return Json.object(
        json -> {
          json.writeStringField("reason", reason.label());
          json.writeStringField("identity", identity.base64());
          json.writeArrayFieldStart("links");
          for (var entry : keyVersions.entrySet()) {
            json.writeStartObject();
            json.writeStringField("link", entry.getKey().toString());
            json.writeNumberField("keyVersion", entry.getValue());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeBinaryField("signature", signature);
        });
  }

  /** Whether the holder of {@code identity} has signed this. */
  public boolean isSignedBy(PublicKey identity, byte[] signature) {
    try {
      return Ed25519Keys.verifies(Ed25519Keys.publicKey(identity), signed(), signature);
    } catch (IllegalArgumentException noKey) {
      return false;
    }
  }

  /** The label, group, edge and reason, and each link with its version; a zero byte between. */
  byte[] signed() {
    StringBuilder text = new StringBuilder();
    text.append(group).append('\0').append(edge).append('\0').append(reason.label());
    keyVersions.forEach(
        (link, version) -> text.append('\0').append(link).append('\0').append(version));
    return SignedBytes.RENEWAL.of(text.toString().getBytes(UTF_8));
  }
}
