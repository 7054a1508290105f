package io.linkwright.agent;

import io.linkwright.edgeprotocol.EdgeConnection;

/** How a connection ended, as far as it matters for when to try again. */
enum Ending {
  /** Nobody asked for it: a network, a server that stops, a bug. */
  LOST,
  /** The server asks to go to another one (RFC 6455 section 7.4, IANA's 1013). */
  ELSEWHERE,
  /** The server will say the same again, unless an operator does something about it. */
  REFUSED,
  /** Another connection of this edge has taken the place. */
  REPLACED;

  private static final int CLOSE_TRY_AGAIN_LATER = 1013;

  static Ending ofClose(int code) {
    return switch (code) {
      case CLOSE_TRY_AGAIN_LATER -> ELSEWHERE;
      case EdgeConnection.CLOSE_PROTOCOL_ERROR,
          EdgeConnection.CLOSE_UNAUTHORIZED,
          EdgeConnection.CLOSE_NO_MEMBERSHIP ->
          REFUSED;
      case EdgeConnection.CLOSE_REPLACED -> REPLACED;
      default -> LOST;
    };
  }
}
