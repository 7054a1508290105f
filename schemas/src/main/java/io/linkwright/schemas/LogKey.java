package io.linkwright.schemas;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that events are sealed with. All writers of a cluster have the same, derived from the
 * controller's key for {@link #PURPOSE}. Immutable.
 */
public final class LogKey {
  /** The info of HKDF, by which no other use of the controller's key comes to the same secret. */
  public static final String PURPOSE = "linkwright log mac v1";

  private final SecretKey secret;

  /** The secret bytes, which are copied. */
  public LogKey(byte[] secret) {
    this.secret = new SecretKeySpec(secret, LogMac.ALGORITHM);
  }

  /** For one thread. */
  public LogMac mac() {
    return new LogMac(secret);
  }

  @Override
  public String toString() {
    return "LogKey[redacted]";
  }
}
