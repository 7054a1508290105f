package io.linkwright.console.live;

import io.linkwright.console.api.ApiException;
import io.linkwright.console.live.Signals.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open pages, each served by the thread of its request. Thread-safe.
 *
 * <p>An answer always begins well and then says {@code offline}, rather than fail: a browser comes
 * back after a connection that ended, and gives up after one that was refused.
 */
public final class LiveStreams implements AutoCloseable {
  /** Pages open at once. */
  static final int MAX_STREAMS = 500;

  /**
   * A page is rendered no more often than this, however much happens: six times a second is live
   * enough for eyes.
   */
  private static final Duration PAUSE = Duration.ofMillis(150);

  /**
   * After this long without a signal it is looked anyway, and after this long without an event the
   * browser is sent one: it gives a silent connection up, and a write is how a closed page is found
   * out.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** What the page is about was removed: fetching it again will say so. */
  private static final int GONE = 404;

  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);

  private final Semaphore streams = new Semaphore(MAX_STREAMS);
  private final Set<Signals> open = ConcurrentHashMap.newKeySet();
  private final RecentSnapshots recent;
  private final LongSupplier nanoTime;
  private volatile boolean closed;

  /** Finds what browsers were shown in {@code recent}. */
  public LiveStreams(RecentSnapshots recent) {
    this(recent, System::nanoTime);
  }

  LiveStreams(RecentSnapshots recent, LongSupplier nanoTime) {
    this.recent = recent;
    this.nanoTime = nanoTime;
  }

  /**
   * Keeps a page current until the browser is gone, the services are, or the server stops.
   *
   * @param seen digest of what the browser shows
   * @throws IOException if the browser is gone
   */
  public void serve(LiveView view, String seen, OutputStream output)
      throws IOException, InterruptedException {
    EventWriter events = new EventWriter(output, nanoTime);
    events.begin();
    if (closed || !streams.tryAcquire()) {
      events.signal("offline");
      return;
    }
    try (Signals signals = view.signals()) {
      open.add(signals);
      try {
        follow(view, seen, signals, events);
      } finally {
        open.remove(signals);
      }
    } catch (ApiException.Refused gone) {
      LOG.info("page ends reason={}", gone.getMessage());
      if (gone.problem().status() == GONE) {
        events.signal("refresh");
        return;
      }
    } catch (ApiException.Unreachable away) {
      LOG.info("page is offline reason={}", away.getMessage());
    } finally {
      streams.release();
    }
    events.signal("offline");
  }

  /** Ends all streams; browsers come back by themselves. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Signals::close);
  }

  /** The view is rendered after the signals began, so nothing falls between. */
  private void follow(LiveView view, String seen, Signals signals, EventWriter events)
      throws IOException, InterruptedException {
    Snapshot shown = view.render();
    Optional<Snapshot> known = recent.find(seen).filter(shown::isOfSamePage);
    if (known.isEmpty() && !shown.digest().equals(seen)) {
      events.signal("refresh");
      return;
    }
    show(known.orElse(shown), shown, events);
    events.live(shown.digest());
    while (!closed) {
      if (signals.await(HEARTBEAT) == Signal.LOST) {
        return;
      }
      Snapshot current = view.render();
      show(shown, current, events);
      shown = current;
      if (events.silence().compareTo(HEARTBEAT) >= 0) {
        events.signal("beat");
      }
      Thread.sleep(PAUSE);
    }
  }

  private void show(Snapshot before, Snapshot after, EventWriter events) throws IOException {
    List<Patch.Step> steps = Patch.between(before, after);
    recent.remember(after);
    if (!steps.isEmpty()) {
      events.patch(after.digest(), Patch.html(steps));
    }
  }
}
