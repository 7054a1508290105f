package io.linkwright.cli.client;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Follows a stream of server-sent events and goes on after a broken connection where it stopped.
 * Owned by one thread.
 */
public final class EventStream {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

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
      try (Stream<String> lines = api.stream(path, lastId).body()) {
        connectedOnce = true;
        wait = FIRST_WAIT;
        read(lines.iterator(), consumer);
      } catch (ApiException.Unreachable gone) {
        if (!connectedOnce) {
          throw gone;
        }
      } catch (UncheckedIOException broken) {
        // The connection ended in mid-stream: the next one goes on after lastId.
      }
      LinkwrightApi.pause(wait);
      wait = wait.multipliedBy(2).compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait.multipliedBy(2);
    }
  }

  private void read(Iterator<String> lines, Consumer<ServerEvent> consumer) {
    ServerEventLines parser = new ServerEventLines(lastId.orElse(""));
    while (lines.hasNext()) {
      parser
          .line(lines.next())
          .ifPresent(
              event -> {
                consumer.accept(event);
                lastId = Optional.of(event.id()).filter(id -> !id.isEmpty());
              });
    }
  }
}
