package io.linkwright.command.ownership;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where an instance is, as its member of the consumer group says it: the client id is its URL, and
 * a MAC of URL and instance id. All that is commanded is passed on there, tokens of devices too, so
 * one who can join the group and has not the controller's key is nobody to pass it on to.
 * Immutable.
 */
public final class MemberAddress {
  /** The info of HKDF, by which no other use of the controller's key comes to the same secret. */
  public static final String PURPOSE = "linkwright member address v1";

  private static final String ALGORITHM = "HmacSHA256";
  private static final char BEFORE_MAC = '#';

  private final SecretKeySpec key;

  /** With the secret that all instances share. */
  public MemberAddress(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** What the instance calls itself in the group. */
  public String clientId(String instanceId, URI url) {
    return url
        + String.valueOf(BEFORE_MAC)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(instanceId, url.toString()));
  }

  /** The URL of a member; empty if no instance of this cluster calls itself so. */
  public Optional<URI> urlOf(String instanceId, String clientId) {
    int end = clientId.lastIndexOf(BEFORE_MAC);
    if (end < 0) {
      return Optional.empty();
    }
    String url = clientId.substring(0, end);
    try {
      byte[] given = Base64.getUrlDecoder().decode(clientId.substring(end + 1));
      return MessageDigest.isEqual(mac(instanceId, url), given)
          ? Optional.of(URI.create(url))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private byte[] mac(String instanceId, String url) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(instanceId.getBytes(UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(url.getBytes(UTF_8));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }

  @Override
  public String toString() {
    return "MemberAddress[redacted]";
  }
}
