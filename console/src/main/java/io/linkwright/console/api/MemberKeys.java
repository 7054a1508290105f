package io.linkwright.console.api;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.httpapi.answer.EventMember;
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

  static MemberKeys of(EventMember.Detail member) {
    return new MemberKeys(
        member.identityKey().map(MemberKeys::fingerprint),
        member.wireGuardKeys().stream().map(PublicKey::base64).toList());
  }

  /** In the form that SSH has made known: the SHA-256 in Base64 without padding. */
  private static String fingerprint(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.bytes());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
