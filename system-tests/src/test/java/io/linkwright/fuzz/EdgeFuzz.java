package io.linkwright.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One connection of a device that is not as it should be, before and after it has proved itself.
 */
final class EdgeFuzz {
  static final String GROUP = "fuzz";
  private static final int FINAL = 0x80;
  private static final List<String> TUNNEL_STATES =
      List.of("up", "down", "UP", "DOWN", "unknown", "", "up\n");

  private final FuzzRun fuzz;
  private final int port;
  private final EdgeId edge;
  private final EdgeKeys keys;
  private final StringBuilder said = new StringBuilder();

  EdgeFuzz(FuzzRun fuzz, int port, EdgeId edge, EdgeKeys keys) {
    this.fuzz = fuzz;
    this.port = port;
    this.edge = edge;
    this.keys = keys;
  }

  /** What was said last, for the message of a finding. */
  String said() {
    return said.substring(Math.max(0, said.length() - 3_000));
  }

  void run() {
    said.setLength(0);
    try {
      Optional<RawWebSocket> opened = RawWebSocket.open(port, edge);
      if (opened.isPresent()) {
        try (RawWebSocket socket = opened.get()) {
          talk(socket);
        }
      }
    } catch (IOException closedByTheServer) {
      // Which is right.
    }
  }

  private void talk(RawWebSocket socket) throws IOException {
    if (fuzz.oneIn(6)) {
      say(socket, anything(FuzzSite.object()));
      return;
    }
    Optional<String> challenge = socket.next();
    if (challenge.isEmpty()) {
      return;
    }
    say(socket, hello(challenge.get()));
    for (int i = fuzz.below(12); i > 0; i--) {
      if (fuzz.oneIn(4)) {
        frame(socket);
      } else {
        say(socket, message());
      }
    }
    if (fuzz.oneIn(3)) {
      socket.next();
    }
  }

  private String hello(String challenge) {
    Map<GroupId, Have> have = new HashMap<>();
    if (fuzz.oneIn(2)) {
      have.put(new GroupId(GROUP), Have.of(fuzz.below(9), links()));
    }
    String right;
    try {
      ServerMessage message = EdgeMessages.readServer(challenge);
      if (!(message instanceof ServerMessage.Challenge asked)) {
        return "{}";
      }
      right =
          EdgeMessages.write(EdgeMessage.Hello.of(keys.signChallenge(edge, asked.nonce()), have));
    } catch (ProtocolException notOurs) {
      return challenge;
    }
    return fuzz.oneIn(3) ? numbered(right) : right;
  }

  private SortedMap<LinkId, Long> links() {
    SortedMap<LinkId, Long> links = new TreeMap<>();
    for (int i = fuzz.below(3); i > 0; i--) {
      links.put(LinkId.parse(fuzz.oneOf(List.of("fuzz-a~fuzz-b", "a~b", "x~y"))), 3L);
    }
    return links;
  }

  private String message() {
    ObjectNode message = FuzzSite.object();
    message.put("type", fuzz.oneOf(List.of("ack", "nack", "status", "hello", "config", "?")));
    message.put("nonce", fuzz.oneIn(2) ? "n" : fuzz.hostile());
    message.put("group", fuzz.oneIn(4) ? fuzz.hostile() : GROUP);
    message.put("revision", fuzz.anyLong());
    message.put("error", fuzz.oneIn(9) ? fuzz.hostile().repeat(900) : fuzz.hostile());
    ArrayNode tunnels = message.putArray("tunnels");
    for (int i = fuzz.oneIn(20) ? 20_000 : fuzz.below(4); i > 0; i--) {
      tunnels
          .addObject()
          .put("link", fuzz.oneIn(3) ? fuzz.hostile() : "fuzz-a~fuzz-b")
          .put("index", fuzz.oneIn(2) ? fuzz.anyLong() : 0)
          .put("status", fuzz.oneOf(TUNNEL_STATES))
          .put("state", fuzz.oneOf(TUNNEL_STATES));
    }
    return fuzz.oneIn(3) ? anything(message) : message.toString();
  }

  /** A right message with other numbers and texts in it. */
  private String numbered(String right) {
    try {
      JsonNode message = LinkwrightApi.mapper().readTree(right);
      return right.replaceFirst(
              "\"revision\":\\d+", "\"revision\":" + fuzz.anyLong() + (fuzz.oneIn(9) ? ".5" : ""))
          + (message.isObject() ? "" : " ");
    } catch (IOException impossible) {
      return right;
    }
  }

  private String anything(ObjectNode like) {
    return switch (fuzz.below(5)) {
      case 0 -> fuzz.mutated(like.toString());
      case 1 -> "{".repeat(fuzz.below(5_000));
      case 2 -> fuzz.hostile();
      case 3 -> "x".repeat(fuzz.below(1 << 20));
      default -> "{\"type\":\"ack\",\"revision\":" + "9".repeat(fuzz.below(5_000)) + "}";
    };
  }

  private void frame(RawWebSocket socket) throws IOException {
    switch (fuzz.below(6)) {
      case 0 -> socket.frame(FINAL | RawWebSocket.BINARY, fuzz.bytes(300));
      case 1 -> socket.frame(RawWebSocket.TEXT, fuzz.bytes(300));
      case 2 -> socket.frame(FINAL | RawWebSocket.CONTINUATION, fuzz.bytes(300));
      case 3 -> socket.frame(fuzz.below(256), fuzz.bytes(200));
      case 4 -> socket.frame(FINAL | RawWebSocket.CLOSE, fuzz.bytes(130));
      default -> {
        byte[] bytes = fuzz.bytes(64);
        socket.raw(bytes, bytes.length);
      }
    }
  }

  private void say(RawWebSocket socket, String text) throws IOException {
    said.append("\n> ").append(text, 0, Math.min(600, text.length()));
    socket.text(text);
  }
}
