package io.linkwright.topology.query;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.answer.ChangeMessages;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.topology.view.Change.EventApplied;
import io.linkwright.topology.view.Damage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes changes as server-sent events (WHATWG HTML, section 9.2): the messages are those of {@link
 * ChangeMessages}. Used by one thread.
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
        "id: %d\nevent: %s\n".formatted(applied.event().revision(), ChangeMessages.CHANGE),
        EventAnswer.of(applied.event(), applied.consequences()));
  }

  void live(long revision) throws IOException {
    write(
        "id: %d\nevent: %s\n".formatted(revision, ChangeMessages.LIVE),
        new ChangeMessages.Live(revision));
    flush();
  }

  void status(EdgeStatus status) throws IOException {
    write(event(ChangeMessages.STATUS), ChangeMessages.Status.of(status));
  }

  /** Nothing is known of the edge any more. */
  void silence(EdgeStatus last) throws IOException {
    write(event(ChangeMessages.STATUS), ChangeMessages.Status.ofSilent(last));
  }

  /** The group stands still from now on: no further change comes. */
  void damage(Damage damage) throws IOException {
    write(event(ChangeMessages.DAMAGE), DamageAnswers.damage(damage));
  }

  private static String event(String name) {
    return "event: %s\n".formatted(name);
  }

  void heartbeat() throws IOException {
    output.write(HEARTBEAT);
    output.flush();
  }

  void flush() throws IOException {
    output.flush();
  }

  private void write(String head, Object data) throws IOException {
    output.write((head + "data: ").getBytes(StandardCharsets.US_ASCII));
    output.write(ApiJson.bytes(data));
    output.write('\n');
    output.write('\n');
  }
}
