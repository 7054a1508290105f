package io.linkwright.edgeprotocol;

import java.time.Duration;

/** Bounds of what either side of a connection sends and accepts. */
public final class ProtocolLimits {
  /** Characters of one message. A larger configuration is sent as several messages. */
  public static final int MAX_MESSAGE_LENGTH = 8 * 1024 * 1024;

  /** Links set by one {@link ServerMessage.Config}: about 4,300 characters each. */
  public static final int MAX_LINKS_PER_CONFIG = 1_000;

  /** Links removed by one {@link ServerMessage.Config}. */
  public static final int MAX_REMOVALS_PER_CONFIG = 20_000;

  /** Groups one edge is a member of. */
  public static final int MAX_GROUPS_PER_EDGE = 1_000;

  /** Links of one edge in one group. */
  public static final int MAX_LINKS_PER_EDGE = 20_000;

  /** Bytes of a signed document. */
  public static final int MAX_DOCUMENT_BYTES = 64 * 1024;

  /** Characters of a nonce. */
  public static final int MAX_NONCE_LENGTH = 128;

  /** Least characters of a challenge: 128 bits in base64 without padding. */
  public static final int MIN_CHALLENGE_LENGTH = 22;

  /** Characters of the reason in a {@link EdgeMessage.Nack}; the rest is cut off. */
  public static final int MAX_ERROR_LENGTH = 500;

  /** Links that a {@link EdgeMessage.Status} tells the problems of. */
  public static final int MAX_PROBLEMS_PER_STATUS = 100;

  /** How long either side waits for the other's first message. */
  public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

  /** Time between the server's pings. */
  public static final Duration PING_INTERVAL = Duration.ofSeconds(25);

  /** Time between the reports of an edge for which nothing changes. */
  public static final Duration STATUS_INTERVAL = Duration.ofSeconds(30);

  private ProtocolLimits() {}
}
