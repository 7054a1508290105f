package io.linkwright.edgeprotocol;

/**
 * Messages as JSON text, told apart by their member {@code type}. Members that a reader does not
 * know are passed over, so that either side can be newer; what it does know must be well formed.
 * Thread-safe.
 */
public final class EdgeMessages {
  private EdgeMessages() {}

  /** For the edge. */
  public static String write(ServerMessage message) {
    return Json.text(json -> ServerMessageJson.write(json, message));
  }

  /** For the server. */
  public static String write(EdgeMessage message) {
    return Json.text(json -> EdgeMessageJson.write(json, message));
  }

  /**
   * Reads what a server sent.
   *
   * @throws ProtocolException if it is malformed, too long or of an unknown type
   */
  public static ServerMessage readServer(String text) throws ProtocolException {
    JsonFields fields = Json.read(text);
    return fields.build(() -> ServerMessageJson.read(fields));
  }

  /**
   * Reads what an edge sent.
   *
   * @throws ProtocolException if it is malformed, too long or of an unknown type
   */
  public static EdgeMessage readEdge(String text) throws ProtocolException {
    JsonFields fields = Json.read(text);
    return fields.build(() -> EdgeMessageJson.read(fields));
  }
}
