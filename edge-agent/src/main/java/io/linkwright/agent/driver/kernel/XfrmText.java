package io.linkwright.agent.driver.kernel;

import io.linkwright.agent.driver.kernel.AssociationKeys.CbcHmac;
import io.linkwright.agent.driver.kernel.AssociationKeys.Gcm;
import io.linkwright.agent.driver.kernel.KernelObject.Association;
import io.linkwright.agent.driver.kernel.KernelObject.Direction;
import io.linkwright.agent.driver.kernel.KernelObject.Policy;
import io.linkwright.agent.driver.kernel.KernelObject.Sending;
import io.linkwright.domain.address.IpAddress;
import java.util.Locale;

/**
 * How {@code ip xfrm} wants to be told. Our associations are known by their request id, our
 * policies by their priority; others are never touched.
 */
final class XfrmText {
  /** {@code LW}. */
  static final int POLICY_PRIORITY = 0x4c57;

  /** In packets; what is older is taken for a replay (RFC 4303 section 3.4.3). */
  private static final int REPLAY_WINDOW_PACKETS = 128;

  private static final int AUTHENTICATION_TAG_BITS = 128;

  private XfrmText() {}

  static String add(Association association) {
    return "xfrm state add %s reqid %d mode tunnel replay-window %d flag esn flag af-unspec %s"
        .formatted(
            identifier(association),
            association.requestId(),
            REPLAY_WINDOW_PACKETS,
            keys(association.keys()));
  }

  private static String keys(AssociationKeys keys) {
    return switch (keys) {
      case CbcHmac(KeyBytes encryption, KeyBytes authentication) ->
          "auth-trunc hmac(sha256) %s %d enc cbc(aes) %s"
              .formatted(
                  authentication.hexadecimal(), AUTHENTICATION_TAG_BITS, encryption.hexadecimal());
      case Gcm(KeyBytes keyAndSalt) ->
          "aead rfc4106(gcm(aes)) %s %d"
              .formatted(keyAndSalt.hexadecimal(), AUTHENTICATION_TAG_BITS);
    };
  }

  static String delete(Association association) {
    return "xfrm state delete " + identifier(association);
  }

  private static String identifier(Association association) {
    return "src %s dst %s proto esp spi 0x%08x"
        .formatted(association.source(), association.destination(), association.spi());
  }

  static String update(Policy policy) {
    return "xfrm policy update %s priority %d tmpl src %s dst %s proto esp%s mode tunnel"
        .formatted(
            selector(policy),
            POLICY_PRIORITY,
            policy.source(),
            policy.destination(),
            policy.sending().map(XfrmText::sending).orElse(""));
  }

  private static String sending(Sending association) {
    return " spi 0x%08x reqid %d".formatted(association.spi(), association.requestId());
  }

  static String delete(Policy policy) {
    return "xfrm policy delete " + selector(policy);
  }

  private static String selector(Policy policy) {
    String any = anyOf(policy.subnet().network().family());
    String direction = policy.direction().name().toLowerCase(Locale.ROOT);
    return switch (policy.direction()) {
      case IN, FWD -> "src %s dst %s dir %s".formatted(policy.subnet(), any, direction);
      case OUT ->
          "src %s dst %s%s dir %s"
              .formatted(
                  any,
                  policy.subnet(),
                  policy.interfaceName().map(name -> " dev " + name).orElse(""),
                  direction);
    };
  }

  private static String anyOf(IpAddress.Family family) {
    return switch (family) {
      case IPV4 -> "0.0.0.0/0";
      case IPV6 -> "::/0";
    };
  }

  /** The direction of a policy as {@code ip} lists it. */
  static Direction direction(String text) {
    return Direction.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
