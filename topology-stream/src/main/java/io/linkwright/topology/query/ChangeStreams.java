package io.linkwright.topology.query;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.GroupId;
import io.linkwright.topology.query.EventLog.EventLogUnavailableException;
import io.linkwright.topology.query.ViewPartitions.ViewNotReadyException;
import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.Change.EdgeFellSilent;
import io.linkwright.topology.view.Change.EventApplied;
import io.linkwright.topology.view.Change.GroupDamaged;
import io.linkwright.topology.view.Change.StatusHeard;
import io.linkwright.topology.view.ChangeFeed;
import io.linkwright.topology.view.ChangeFeed.Watch;
import io.linkwright.topology.view.Damage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of a group's changes, one for each client that watches. Each is served by the thread of
 * its request, from the last revision the client has seen: first from the log, then live.
 */
final class ChangeStreams implements AutoCloseable {
  /**
   * After this long without a change a comment is sent, so that both ends see the other is there.
   */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Streams open at once. */
  static final int MAX_STREAMS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ChangeStreams.class);

  private final Semaphore streams = new Semaphore(MAX_STREAMS);
  private final AuditLog audit;
  private final ChangeFeed feed;
  private final Set<ChangeBuffer> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ChangeStreams(AuditLog audit, ChangeFeed feed) {
    this.audit = audit;
    this.feed = feed;
  }

  /** As many watch as may. */
  static final class TooManyStreamsException extends RuntimeException {
    TooManyStreamsException() {
      super("%d streams of changes are open already".formatted(MAX_STREAMS), null, false, false);
    }
  }

  /**
   * Streams changes after a revision until the client is gone, is too slow, the log or the view is
   * not to be had, or the server stops.
   *
   * @throws TooManyStreamsException before anything was written
   * @throws IOException if the client is gone
   */
  void serve(GroupId group, long afterRevision, OutputStream output)
      throws IOException, InterruptedException {
    if (!streams.tryAcquire()) {
      throw new TooManyStreamsException();
    }
    try {
      stream(group, afterRevision, new ServerSentEvents(output));
    } catch (EventLogUnavailableException | ViewNotReadyException outage) {
      LOG.info("change stream ends group={} reason={}", group, outage.getMessage());
    } finally {
      streams.release();
    }
  }

  private void stream(GroupId group, long afterRevision, ServerSentEvents events)
      throws IOException, InterruptedException {
    events.begin();
    long caughtUp = replay(group, afterRevision, events);
    ChangeBuffer buffer = new ChangeBuffer();
    try (Watch _ = feed.watch(group, buffer)) {
      open.add(buffer);
      if (closed) {
        return;
      }
      // What was applied while the replay ended is in the log by now, or comes with the feed.
      goLive(group, replay(group, caughtUp, events), buffer, events);
    } finally {
      open.remove(buffer);
    }
  }

  /** Ends all streams; clients come back to where they were, with {@code Last-Event-ID}. */
  @Override
  public void close() {
    closed = true;
    open.forEach(ChangeBuffer::end);
  }

  /** Sends what the log has after a revision, and says how far that went. */
  private long replay(GroupId group, long afterRevision, ServerSentEvents events)
      throws IOException {
    long last = afterRevision;
    List<EventApplied> page;
    do {
      page = audit.from(group, last + 1, EventLog.MAX_EVENTS).events();
      for (EventApplied applied : page) {
        events.change(applied);
        last = applied.event().revision();
      }
    } while (page.size() == EventLog.MAX_EVENTS && !closed);
    events.flush();
    return last;
  }

  private void goLive(GroupId group, long caughtUp, ChangeBuffer buffer, ServerSentEvents events)
      throws IOException, InterruptedException {
    long last = caughtUp;
    events.live(last);
    while (true) {
      Optional<Change> next = buffer.next(HEARTBEAT);
      if (buffer.hasEnded()) {
        return;
      }
      if (next.isEmpty()) {
        // Of a partition that has moved to another instance, the feed says nothing more.
        audit.requireHere(group);
        events.heartbeat();
        continue;
      }
      last = send(next.get(), last, events);
      if (buffer.isEmpty()) {
        events.flush();
      }
    }
  }

  /** Leaves out what was sent before, from the log or before a fault of the stream. */
  private static long send(Change change, long last, ServerSentEvents events) throws IOException {
    return switch (change) {
      case EventApplied applied -> {
        long revision = applied.event().revision();
        if (revision > last) {
          events.change(applied);
        }
        yield Math.max(last, revision);
      }
      case StatusHeard(EdgeStatus status) -> {
        events.status(status);
        yield last;
      }
      case EdgeFellSilent(EdgeStatus status) -> {
        events.silence(status);
        yield last;
      }
      case GroupDamaged(Damage damage) -> {
        events.damage(damage);
        yield last;
      }
    };
  }
}
