package io.linkwright.httpapi.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows a stream of server-sent events and goes on after a broken connection where it stopped.
 * Owned by one thread.
 */
public final class EventStream {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  /** Four heartbeats of a server: one that is silent for longer is gone, or not to be reached. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(60);

  private final LinkwrightApi api;
  private final String path;
  private Optional<String> lastId = Optional.empty();

  /** The stream at {@code path}; nothing is asked yet. */
  public EventStream(LinkwrightApi api, String path) {
    this.api = api;
    this.path = path;
  }

  /**
   * Hands on every event until the thread is interrupted. The first connection must succeed; later
   * ones are tried for ever, with growing pauses.
   *
   * @throws ApiException if the server refuses, or does not answer the first time
   */
  public void follow(Consumer<ServerEvent> consumer) {
    boolean connectedOnce = false;
    Duration wait = FIRST_WAIT;
    while (!Thread.currentThread().isInterrupted()) {
      try (InputStream body = api.stream(path, lastId);
          StreamWatchdog watchdog = new StreamWatchdog(body, MAX_SILENCE)) {
        connectedOnce = true;
        wait = FIRST_WAIT;
        read(
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)),
            watchdog,
            consumer);
      } catch (ApiException failed) {
        if (!connectedOnce || !failed.isPassing()) {
          throw failed;
        }
      } catch (IOException broken) {
        // The connection ended in mid-stream: the next one goes on after lastId.
      }
      LinkwrightApi.pause(wait);
      wait = wait.multipliedBy(2).compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait.multipliedBy(2);
    }
  }

  private void read(BufferedReader lines, StreamWatchdog watchdog, Consumer<ServerEvent> consumer)
      throws IOException {
    ServerEventLines parser = new ServerEventLines(lastId.orElse(""));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      watchdog.heard();
      parser
          .line(line)
          .ifPresent(
              event -> {
                consumer.accept(event);
                lastId = Optional.of(event.id()).filter(id -> !id.isEmpty());
              });
    }
  }
}
