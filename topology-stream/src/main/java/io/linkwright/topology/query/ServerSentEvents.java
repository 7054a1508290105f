package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.http.Json;
import io.linkwright.topology.view.Change.EventApplied;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes changes as server-sent events (WHATWG HTML, section 9.2):
 *
 * <ul>
 *   <li>{@code change}, id its revision: an event with what followed from it, as in the audit log
 *   <li>{@code live}, id the revision reached: all before was sent, what comes now is new
 *   <li>{@code status}, without an id: an edge said something new of itself
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
    json.put("acknowledgedRevision", status.acknowledgedRevision());
    json.put("lastError", status.lastError().orElse(null));
    json.put("reportedAt", status.reportedAt().toString());
    ArrayNode tunnels = json.putArray("tunnels");
    for (TunnelStatus tunnel : status.tunnels()) {
      tunnels
          .addObject()
          .put("link", tunnel.link().toString())
          .put("index", tunnel.tunnelIndex())
          .put("status", tunnel.state().name());
    }
    write("event: status\n", json);
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
