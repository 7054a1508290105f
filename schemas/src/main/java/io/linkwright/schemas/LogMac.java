package io.linkwright.schemas;

import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.SealCheck;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HMAC-SHA-256 of the head that a group's chain comes to with an event. The head covers all that
 * stands before, so the MAC fits this event, of this group, in this place. Owned by one thread: no
 * event costs a search for the algorithm.
 */
public final class LogMac implements SealCheck {
  /** Length of a MAC. */
  public static final int LENGTH_BYTES = 32;

  static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  LogMac(SecretKey key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }

  /** The MAC of a head. */
  public byte[] of(LogHead head) {
    return mac.doFinal(head.bytes());
  }

  @Override
  public Optional<String> objection(LogHead head, EventSeal seal) {
    if (seal.mac().isEmpty()) {
      return Optional.of(NO_MAC);
    }
    return MessageDigest.isEqual(of(head), seal.mac().get())
        ? Optional.empty()
        : Optional.of(
            "its MAC does not fit: it is forged, copied, changed or out of its place, or sealed"
                + " with another controller's key");
  }
}
