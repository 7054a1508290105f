package io.linkwright.httpapi.client;

import java.util.Optional;

/**
 * Puts the lines of {@code text/event-stream} together (WHATWG HTML, section 9.2.6). Owned by one
 * thread.
 */
final class ServerEventLines {
  /** A server that never ends an event is not one of ours. */
  private static final int MAX_DATA_LENGTH = 1024 * 1024;

  private final StringBuilder data = new StringBuilder();
  private String lastId;
  private String type = "message";

  ServerEventLines(String lastId) {
    this.lastId = lastId;
  }

  /** The event that this line ends, if it ends one. */
  Optional<ServerEvent> line(String line) {
    if (line.isEmpty()) {
      return dispatch();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    String text = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "id" -> lastId = text;
      case "event" -> type = text;
      case "data" -> append(text);
      default -> {
        // Comments keep the connection alive; unknown fields are to be ignored.
      }
    }
    return Optional.empty();
  }

  private void append(String text) {
    if (data.length() + text.length() > MAX_DATA_LENGTH) {
      throw new IllegalStateException(
          "an event has more than %d characters".formatted(MAX_DATA_LENGTH));
    }
    data.append(text).append('\n');
  }

  private Optional<ServerEvent> dispatch() {
    String endedType = type;
    type = "message";
    if (data.isEmpty()) {
      return Optional.empty();
    }
    ServerEvent event = new ServerEvent(lastId, endedType, data.substring(0, data.length() - 1));
    data.setLength(0);
    return Optional.of(event);
  }
}
