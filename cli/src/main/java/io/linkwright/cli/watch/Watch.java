package io.linkwright.cli.watch;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.EventStream;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks again whenever a group has changed, and shows what is new. Of the changes it remembers only
 * that there were some, so a busy group costs no memory, and it asks {@link #MIN_INTERVAL} after
 * the last time at the earliest. Owned by one thread; another one listens to the group.
 */
public final class Watch {
  /** Four questions a second are more than a person reads. */
  private static final Duration MIN_INTERVAL = Duration.ofMillis(250);

  /** Asked anyway: that an edge fell silent shows with time alone. */
  private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);

  /** All groups together have no stream of changes. */
  private static final Duration INTERVAL_WITHOUT_STREAM = Duration.ofSeconds(2);

  private final LinkwrightApi api;
  private final Optional<GroupId> group;
  private final Screen screen;
  private final PrintWriter err;
  private final Semaphore changed = new Semaphore(0);

  /** Nothing is asked yet. */
  public Watch(LinkwrightApi api, Optional<GroupId> group, Screen screen, PrintWriter err) {
    this.api = api;
    this.group = group;
    this.screen = screen;
    this.err = err;
  }

  /**
   * Shows until the thread is interrupted. The first answer must come; if a later one does not,
   * that is said and asked again.
   *
   * @throws ApiException if the server refuses, or does not answer the first time
   */
  public void run(Supplier<String> question) {
    String shown = question.get();
    screen.show(shown);
    Optional<Thread> listener = group.map(one -> Thread.startVirtualThread(() -> listen(one)));
    try {
      while (true) {
        changed.tryAcquire(interval().toMillis(), TimeUnit.MILLISECONDS);
        Thread.sleep(MIN_INTERVAL);
        changed.drainPermits();
        shown = showIfNew(shown, question);
      }
    } catch (InterruptedException | ApiException.Interrupted told) {
      // Ctrl-C is how a watch ends. The flag is taken down so that closing can wait where it must.
      Thread.interrupted();
    } finally {
      listener.ifPresent(Thread::interrupt);
    }
  }

  private Duration interval() {
    return group.isPresent() ? MAX_INTERVAL : INTERVAL_WITHOUT_STREAM;
  }

  private String showIfNew(String shown, Supplier<String> question) {
    String now;
    try {
      now = question.get();
    } catch (ApiException failed) {
      if (!failed.isPassing()) {
        throw failed;
      }
      err.println("linkwright: no answer from %s, still trying".formatted(api.server()));
      // What stands there is not current any more, so the next answer is shown even if it is alike.
      return "";
    }
    if (!now.equals(shown)) {
      screen.show(now);
    }
    return now;
  }

  private void listen(GroupId one) {
    boolean goesOn = true;
    while (goesOn) {
      try {
        new EventStream(api, ApiPaths.at(ApiPaths.CHANGES, one)).follow(_ -> noteChange());
        goesOn = false;
      } catch (ApiException ended) {
        // Interrupted at the end, or refused as the question will be, whose answer tells why.
        goesOn = ended.isPassing();
        noteChange();
      }
      goesOn = goesOn && paused();
    }
  }

  /** Whether nobody has interrupted it. */
  private static boolean paused() {
    try {
      LinkwrightApi.pause(MAX_INTERVAL);
      return true;
    } catch (ApiException.Interrupted told) {
      return false;
    }
  }

  private void noteChange() {
    if (changed.availablePermits() == 0) {
      changed.release();
    }
  }
}
