package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.http.Json;
import io.linkwright.topology.view.Change.EventApplied;
import io.linkwright.topology.view.Damage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Writes changes as server-sent events (WHATWG HTML, section 9.2):
 *
 * <ul>
 *   <li>{@code change}, id its revision: an event with what followed from it, as in the audit log
 *   <li>{@code live}, id the revision reached: all before was sent, what comes now is new
 *   <li>{@code status}, without an id: an edge said something new of itself, or has fallen silent
 *   <li>{@code damage}, without an id: the group stands still, and why
 * </ul>
 *
 * Used by one thread.
 */
final class ServerSentEvents {
  private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream output;

  ServerSentEvents(OutputStream output) {
    this.output = output;
  }

  /** Answers at once, so that the client knows it is connected. */
  void begin() throws IOException {
    output.write(": linkwright\n\n".getBytes(StandardCharsets.US_ASCII));
    output.flush();
  }

  void change(EventApplied applied) throws IOException {
    write(
        "id: %d\nevent: change\n".formatted(applied.event().revision()),
        EventJson.of(applied.event(), applied.consequences()));
  }

  void live(long revision) throws IOException {
    write(
        "id: %d\nevent: live\n".formatted(revision),
        Json.mapper().createObjectNode().put("revision", revision));
    flush();
  }

  void status(EdgeStatus status) throws IOException {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("edge", status.edge().value());
    json.put("connected", status.connected());
    addLastWord(json, status);
    addTunnels(json, status, TunnelStatus::state);
    write("event: status\n", json);
  }

  /** Nothing is known of the edge any more, so nothing of its tunnels. */
  void silence(EdgeStatus last) throws IOException {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("edge", last.edge().value());
    json.put("connected", false);
    json.put("silent", true);
    addLastWord(json, last);
    addTunnels(json, last, _ -> TunnelState.UNKNOWN);
    write("event: status\n", json);
  }

  /** The group stands still from now on: no further change comes. */
  void damage(Damage damage) throws IOException {
    write("event: damage\n", DamageJson.of(damage));
  }

  private static void addLastWord(ObjectNode json, EdgeStatus status) {
    json.put("acknowledgedRevision", status.acknowledgedRevision());
    json.put("lastError", status.lastError().orElse(null));
    json.put("reportedAt", status.reportedAt().toString());
  }

  private static void addTunnels(
      ObjectNode json, EdgeStatus status, Function<TunnelStatus, TunnelState> state) {
    ArrayNode tunnels = json.putArray("tunnels");
    for (TunnelStatus tunnel : status.tunnels()) {
      tunnels
          .addObject()
          .put("link", tunnel.link().toString())
          .put("index", tunnel.tunnelIndex())
          .put("status", state.apply(tunnel).name());
    }
  }

  void heartbeat() throws IOException {
    output.write(HEARTBEAT);
    output.flush();
  }

  void flush() throws IOException {
    output.flush();
  }

  private void write(String head, ObjectNode data) throws IOException {
    output.write((head + "data: ").getBytes(StandardCharsets.US_ASCII));
    output.write(Json.bytes(data));
    output.write('\n');
    output.write('\n');
  }
}
