package io.linkwright.console.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Writes server-sent events (WHATWG HTML, section 9.2) for the console's own script:
 *
 * <ul>
 *   <li>{@code patch}, id the digest of what is shown after it: markup for htmx
 *   <li>{@code live}: what is shown is current
 *   <li>{@code refresh}: the page is too old for a patch, fetch it again
 *   <li>{@code offline}: the services do not answer; the browser comes back by itself
 *   <li>{@code beat}: nothing happened, and the connection holds
 * </ul>
 *
 * Used by one thread.
 */
final class EventWriter {
  /** How long a browser waits before it comes back. */
  private static final int RETRY_MS = 1_000;

  private final OutputStream output;
  private final LongSupplier nanoTime;
  private long sentNanos;

  EventWriter(OutputStream output, LongSupplier nanoTime) {
    this.output = output;
    this.nanoTime = nanoTime;
  }

  void begin() throws IOException {
    send("retry: %d\n\n".formatted(RETRY_MS));
  }

  void patch(String digest, String html) throws IOException {
    StringBuilder event = new StringBuilder("id: ").append(digest).append("\nevent: patch\n");
    html.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
    send(event.append('\n').toString());
  }

  /** Names what is shown, for a browser that comes back. */
  void live(String digest) throws IOException {
    send("id: %s\nevent: live\ndata: .\n\n".formatted(digest));
  }

  void signal(String event) throws IOException {
    send("event: %s\ndata: .\n\n".formatted(event));
  }

  /** How long ago the browser heard of us last. */
  Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - sentNanos);
  }

  private void send(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
    output.flush();
    sentNanos = nanoTime.getAsLong();
  }
}
