package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeConnection;

/**
 * Why the server ends a connection.
 *
 * @param code of the WebSocket close frame (RFC 6455 section 7.4; 4000 to 4999 are ours)
 * @param text for people, at most 123 bytes
 */
public record CloseReason(int code, String text) {
  private static final int GOING_AWAY_CODE = 1001;
  private static final int TRY_AGAIN_LATER_CODE = 1013;
  private static final int MESSAGE_TOO_BIG_CODE = 1009;
  private static final int INTERNAL_ERROR_CODE = 1011;

  /** RFC 6455 section 5.5: a control frame carries 125 bytes, two of them for the code. */
  private static final int MAX_TEXT_LENGTH = 123;

  /** The same word for an unknown edge and a wrong signature. */
  public static final CloseReason UNAUTHORIZED =
      new CloseReason(EdgeConnection.CLOSE_UNAUTHORIZED, "unauthorized");

  /** The edge has proved itself with keys that count in no group any more. */
  public static final CloseReason NO_MEMBERSHIP =
      new CloseReason(EdgeConnection.CLOSE_NO_MEMBERSHIP, "no membership any more");

  /** The edge connected again. */
  public static final CloseReason REPLACED =
      new CloseReason(EdgeConnection.CLOSE_REPLACED, "replaced by a newer connection");

  /** The edge did not say hello in time. */
  public static final CloseReason NO_HELLO =
      new CloseReason(EdgeConnection.CLOSE_TIMED_OUT, "no hello in time");

  /** The edge did not answer a configuration in time. */
  public static final CloseReason NO_ANSWER =
      new CloseReason(EdgeConnection.CLOSE_TIMED_OUT, "no answer to a configuration in time");

  /** Neither a message nor a pong came for too long. */
  public static final CloseReason NO_SIGN_OF_LIFE =
      new CloseReason(EdgeConnection.CLOSE_TIMED_OUT, "no sign of life");

  /** The pusher stops. */
  public static final CloseReason STOPPING = new CloseReason(GOING_AWAY_CODE, "pusher stops");

  /** The pusher cannot serve at the moment. */
  public static final CloseReason NOT_READY =
      new CloseReason(TRY_AGAIN_LATER_CODE, "configuration is not available, try again");

  /** A bug or a broken disk. */
  public static final CloseReason FAILED = new CloseReason(INTERNAL_ERROR_CODE, "internal error");

  /** Cuts the text to what a close frame holds. */
  public CloseReason {
    text = text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH);
  }

  /** The same, to a device that was away then. Where the group's log says who did it, and when. */
  static CloseReason removed(GroupId group, long revision) {
    return new CloseReason(
        EdgeConnection.CLOSE_NO_MEMBERSHIP,
        "no membership any more: %s, revision %d".formatted(group, revision));
  }

  /** The edge said more at once than it may. */
  public static CloseReason tooLong(int allowedChars) {
    return new CloseReason(
        MESSAGE_TOO_BIG_CODE, "a message is over the allowed %d".formatted(allowedChars));
  }

  /** The edge said what the protocol does not allow. */
  public static CloseReason protocolError(String what) {
    return new CloseReason(EdgeConnection.CLOSE_PROTOCOL_ERROR, ascii(what));
  }

  /** One byte for each character, so that the bound of the frame holds whatever was quoted. */
  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
