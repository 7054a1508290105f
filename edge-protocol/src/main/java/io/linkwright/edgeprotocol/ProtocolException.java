package io.linkwright.edgeprotocol;

/**
 * What came from the other side is not what the protocol allows. The message says what is wrong and
 * where; it quotes at most a line of the input and never a secret.
 */
public final class ProtocolException extends Exception {

  /** With the reason. */
  public ProtocolException(String message) {
    super(message);
  }

  /** With the reason and what found it. */
  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
