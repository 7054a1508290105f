package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of a member, as its last event tells them.
 *
 * @param identity fingerprint of the key that the edge signs with
 * @param wireGuard public keys, one for each tunnel
 */
public record MemberKeys(Optional<String> identity, List<String> wireGuard) {

  static MemberKeys of(JsonNode member) {
    return new MemberKeys(
        Fields.text(member, "identityKey").map(MemberKeys::fingerprint),
        Fields.texts(member, "wireGuardKeys"));
  }

  /** In the form that SSH has made known: the SHA-256 in Base64 without padding. */
  private static String fingerprint(String base64) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
