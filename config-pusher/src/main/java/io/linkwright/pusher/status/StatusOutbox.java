package io.linkwright.pusher.status;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.pulse.LogLimit;
import io.linkwright.pusher.pulse.Pulse;
import io.linkwright.schemas.LinkwrightTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be written of the edges' status: per edge and group the latest word only, so it
 * is bounded by the connections however long Kafka does not answer.
 *
 * <p>Any thread reports; one thread writes. A record is written again until it got through or a
 * newer one replaced it.
 */
public final class StatusOutbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusOutbox.class);

  /** How often it is looked for something to write. */
  private static final Duration FLUSH_INTERVAL = Duration.ofMillis(25);

  /**
   * The least time between two records of an edge in a group. The first word after a quiet time is
   * written at once; an edge whose links change all the time does not cost a record for each.
   */
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(400);

  /** A record lists all tunnels: the more there are, the seldomer it is written. */
  private static final Duration MORE_INTERVAL_PER_TUNNEL = Duration.ofMillis(2);

  private record Subject(GroupId group, EdgeId edge) {}

  /** After the topic took nothing: everything waits. */
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  /** Mutable, guarded by the outbox. */
  private static final class Slot {
    private EdgeStatus latest;
    private long writableAt;
    private boolean everWritten;

    /** Whether no record that opens the latest connection is on the topic or on its way. */
    private boolean opensUnwritten;

    private Slot(EdgeStatus latest) {
      this.latest = latest;
      this.opensUnwritten = latest.opens();
    }
  }

  /** What is handed over, and which report it is made of. */
  private record Writing(Subject subject, EdgeStatus report, EdgeStatus record) {}

  private final StatusWriter topic;
  private final Map<Subject, Slot> slots = new HashMap<>();
  private final Set<Subject> unwritten = new LinkedHashSet<>();
  private final LogLimit complaints = new LogLimit();
  private final Pulse writer;

  /** Written by the thread that writes, and when that has ended. */
  private volatile long pausedUntil = System.nanoTime();

  private StatusOutbox(StatusWriter topic) {
    this.topic = topic;
    this.writer = Pulse.start("pusher-status", FLUSH_INTERVAL, () -> flush(System.nanoTime()));
  }

  /** Starts to write; closes the topic when it is closed. */
  public static StatusOutbox start(StatusTopic topic) {
    return start((StatusWriter) topic);
  }

  static StatusOutbox start(StatusWriter topic) {
    return new StatusOutbox(topic);
  }

  /**
   * Takes the place of an earlier report on this edge and group, unless that is of a newer
   * connection. The opening of a connection is not lost by that: the first record that is written
   * opens it.
   */
  public synchronized void report(EdgeStatus status) {
    Subject subject = new Subject(status.group(), status.edge());
    Slot slot = slots.get(subject);
    if (slot == null) {
      slots.put(subject, new Slot(status));
    } else if (status.counts(Optional.of(slot.latest.word()))) {
      boolean goesOn = slot.latest.connectionId().equals(status.connectionId());
      slot.opensUnwritten = status.opens() || (goesOn && slot.opensUnwritten);
      slot.latest = status;
    } else {
      return;
    }
    unwritten.add(subject);
  }

  /**
   * Another connection is taken for the current one, though this one is: the record that opened it
   * was compacted away, or came late. It is opened again.
   */
  public synchronized void openAgain(GroupId group, EdgeId edge, String connectionId) {
    Subject subject = new Subject(group, edge);
    Slot slot = slots.get(subject);
    if (slot != null
        && slot.latest.connected()
        && slot.latest.connectionId().equals(connectionId)) {
      slot.opensUnwritten = true;
      unwritten.add(subject);
    }
  }

  private void flush(long now) {
    if (now - pausedUntil < 0) {
      return;
    }
    List<Writing> writable = takeWritable(now);
    for (int i = 0; i < writable.size(); i++) {
      if (!write(writable.get(i))) {
        pausedUntil = System.nanoTime() + RETRY_DELAY.toNanos();
        putBack(writable.subList(i + 1, writable.size()));
        return;
      }
    }
  }

  private synchronized List<Writing> takeWritable(long now) {
    List<Writing> writable = new ArrayList<>();
    for (Iterator<Subject> subjects = unwritten.iterator(); subjects.hasNext(); ) {
      Subject subject = subjects.next();
      Slot slot = slots.get(subject);
      if (slot.everWritten && now - slot.writableAt < 0) {
        continue;
      }
      subjects.remove();
      EdgeStatus report = slot.latest;
      boolean opens = slot.opensUnwritten && !report.opens();
      writable.add(new Writing(subject, report, opens ? report.opening() : report));
      slot.opensUnwritten = false;
      slot.everWritten = true;
      slot.writableAt = now + interval(report).toNanos();
    }
    return writable;
  }

  private synchronized void putBack(List<Writing> notTried) {
    notTried.forEach(this::keep);
  }

  /** Is to be written again, as far as nothing newer has come. */
  private void keep(Writing writing) {
    Slot slot = slots.get(writing.subject());
    if (slot == null) {
      return;
    }
    if (slot.latest.connectionId().equals(writing.record().connectionId())) {
      slot.opensUnwritten |= writing.record().opens();
    }
    unwritten.add(writing.subject());
  }

  private static Duration interval(EdgeStatus status) {
    Duration forTunnels = MORE_INTERVAL_PER_TUNNEL.multipliedBy(status.tunnels().size());
    return forTunnels.compareTo(LEAST_INTERVAL) > 0 ? forTunnels : LEAST_INTERVAL;
  }

  /** False if the topic takes nothing at the moment. */
  private boolean write(Writing writing) {
    try {
      topic.write(
          writing.record(),
          failure -> failure.ifPresentOrElse(why -> failed(writing, why), () -> written(writing)));
      return true;
    } catch (KafkaException refused) {
      failed(writing, refused);
      return refused instanceof RecordTooLargeException;
    }
  }

  /** Forgets an edge that is gone; of a connected one the time of writing is kept. */
  private synchronized void written(Writing writing) {
    Slot slot = slots.get(writing.subject());
    if (slot != null && isLatest(slot, writing) && !writing.record().connected()) {
      slots.remove(writing.subject());
      unwritten.remove(writing.subject());
    }
  }

  @SuppressWarnings("ReferenceEquality") // this report, not one that says the same
  private static boolean isLatest(Slot slot, Writing writing) {
    return slot.latest == writing.report();
  }

  private synchronized void failed(Writing writing, Exception failure) {
    complaints
        .next()
        .ifPresent(
            leftOut ->
                LOG.warn(
                    "status not written group={} edge={} not_logged={} reason={}",
                    writing.subject().group(),
                    writing.subject().edge(),
                    leftOut,
                    failure.toString()));
    if (failure instanceof RecordTooLargeException) {
      LOG.warn(
          "status is too large for the topic: set {} of {} to {}",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          LinkwrightTopics.EDGE_STATUS.name(),
          LinkwrightTopics.MAX_EDGE_STATUS_BYTES);
      Slot slot = slots.get(writing.subject());
      if (slot != null && isLatest(slot, writing)) {
        // It would not fit the next time either; the next report may.
        slot.opensUnwritten |= writing.record().opens();
        return;
      }
    }
    keep(writing);
  }

  /** Whether the thread behind it runs and gets on. */
  public Liveness liveness() {
    return writer.liveness();
  }

  /** Writes what is left, within bounds of time, and closes the topic. */
  @Override
  public void close() {
    writer.close();
    synchronized (this) {
      pausedUntil = System.nanoTime();
      slots.values().forEach(slot -> slot.everWritten = false);
    }
    flush(System.nanoTime());
    topic.close();
  }
}
