package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.EdgeId;

/** Names that the two sides of a connection agree on before the first message. */
public final class EdgeConnection {
  /** WebSocket subprotocol (RFC 6455 section 1.9). */
  public static final String SUBPROTOCOL = "linkwright.v1";

  /** Close code for an edge that is unknown or does not prove itself. */
  public static final int CLOSE_UNAUTHORIZED = 4401;

  /** Close code for a message that the protocol does not allow. */
  public static final int CLOSE_PROTOCOL_ERROR = 4400;

  /**
   * Close code for an edge that has proved itself and is a member of nothing any more: it was
   * removed, or its keys were revoked. It is told to drop its configuration first.
   */
  public static final int CLOSE_NO_MEMBERSHIP = 4403;

  /** Close code for a peer that did not say hello, answer or give a sign of life in time. */
  public static final int CLOSE_TIMED_OUT = 4408;

  /** Close code for a connection that the edge's newer one replaces. */
  public static final int CLOSE_REPLACED = 4409;

  private EdgeConnection() {}

  /** Path of the WebSocket of one edge. */
  public static String path(EdgeId edge) {
    return "/v1/edges/" + edge + "/connect";
  }
}
