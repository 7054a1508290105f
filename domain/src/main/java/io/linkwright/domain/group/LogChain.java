package io.linkwright.domain.group;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linkwright.domain.id.GroupId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash chain over a group's events (docs/decisions/0041):
 *
 * <pre>
 * head(0) = SHA-256("linkwright log v1" || group id)
 * head(n) = SHA-256(head(n-1) || SHA-256(value bytes of the n-th event that counts))
 * </pre>
 *
 * <p>Owned by one thread, so that no event costs a new digest.
 */
public final class LogChain {
  private static final byte[] LABEL = "linkwright log v1".getBytes(US_ASCII);

  private final MessageDigest sha256 = sha256();

  /** The head before the group's first event. */
  public LogHead begin(GroupId group) {
    sha256.update(LABEL);
    return new LogHead(sha256.digest(group.value().getBytes(US_ASCII)));
  }

  /**
   * The head with one more event.
   *
   * @param valueDigest as {@link #digest} makes it
   */
  public LogHead next(LogHead head, byte[] valueDigest) {
    sha256.update(head.shared());
    return new LogHead(sha256.digest(valueDigest));
  }

  /** SHA-256 of a record's value, as it stands on the log. */
  public byte[] digest(byte[] value) {
    return sha256.digest(value);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }
}
