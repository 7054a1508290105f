package io.linkwright.pusher.status;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.GroupId;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.pulse.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
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

  /** Mutable, guarded by the outbox. */
  private static final class Slot {
    private EdgeStatus latest;
    private long writableAt;
    private boolean everWritten;

    private Slot(EdgeStatus latest) {
      this.latest = latest;
    }
  }

  private final StatusWriter topic;
  private final Map<Subject, Slot> slots = new HashMap<>();
  private final Set<Subject> unwritten = new LinkedHashSet<>();
  private final Pulse writer;

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

  /** Takes the place of an earlier report on this edge and group, unless of a newer connection. */
  public synchronized void report(EdgeStatus status) {
    Subject subject = new Subject(status.group(), status.edge());
    Slot slot = slots.computeIfAbsent(subject, _ -> new Slot(status));
    if (slot.latest.connectedAt().isAfter(status.connectedAt())) {
      return;
    }
    slot.latest = status;
    unwritten.add(subject);
  }

  private void flush(long now) {
    for (EdgeStatus status : takeWritable(now)) {
      write(status);
    }
  }

  private synchronized List<EdgeStatus> takeWritable(long now) {
    List<EdgeStatus> writable = new ArrayList<>();
    for (Iterator<Subject> subjects = unwritten.iterator(); subjects.hasNext(); ) {
      Subject subject = subjects.next();
      Slot slot = slots.get(subject);
      if (slot.everWritten && now - slot.writableAt < 0) {
        continue;
      }
      subjects.remove();
      writable.add(slot.latest);
      slot.everWritten = true;
      slot.writableAt = now + interval(slot.latest).toNanos();
    }
    return writable;
  }

  private static Duration interval(EdgeStatus status) {
    Duration forTunnels = MORE_INTERVAL_PER_TUNNEL.multipliedBy(status.tunnels().size());
    return forTunnels.compareTo(LEAST_INTERVAL) > 0 ? forTunnels : LEAST_INTERVAL;
  }

  private void write(EdgeStatus status) {
    try {
      topic.write(
          status,
          failure -> failure.ifPresentOrElse(why -> failed(status, why), () -> written(status)));
    } catch (KafkaException refused) {
      failed(status, refused);
    }
  }

  /** Forgets an edge that is gone; of a connected one the time of writing is kept. */
  private synchronized void written(EdgeStatus status) {
    Subject subject = new Subject(status.group(), status.edge());
    Slot slot = slots.get(subject);
    if (slot != null && slot.latest.equals(status) && !status.connected()) {
      slots.remove(subject);
      unwritten.remove(subject);
    }
  }

  private synchronized void failed(EdgeStatus status, Exception failure) {
    LOG.warn(
        "status not written group={} edge={} reason={}",
        status.group(),
        status.edge(),
        failure.toString());
    Subject subject = new Subject(status.group(), status.edge());
    Slot slot = slots.get(subject);
    if (slot != null
        && slot.latest.equals(status)
        && !(failure instanceof RecordTooLargeException)) {
      unwritten.add(subject);
    }
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
      slots.values().forEach(slot -> slot.everWritten = false);
    }
    flush(System.nanoTime());
    topic.close();
  }
}
