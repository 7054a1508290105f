package io.linkwright.topology.query;

import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.Partitioning;
import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.ChangeFeed;
import io.linkwright.topology.view.ChangeFeed.Watch;
import io.linkwright.topology.view.Damage;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.ViewClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Reads the view: of one group at one moment, at a revision that the caller has seen elsewhere. */
final class ViewQueries {
  /** How long a query waits for the revision it asks for. */
  static final Duration REVISION_TIMEOUT = Duration.ofSeconds(10);

  /**
   * How long after its acknowledgement an event may still be missing at the log's end: the marks of
   * its transaction are written after the client is answered.
   */
  static final Duration SETTLING = Duration.ofSeconds(2);

  /** No command makes as many events: a revision that far ahead is not waited for at all. */
  static final long MAX_AHEAD = 2L * Limits.MAX_EVENTS_PER_COMMAND;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private final ViewPartitions partitions;
  private final ViewClock clock;
  private final ChangeFeed feed;

  ViewQueries(ViewPartitions partitions, ViewClock clock, ChangeFeed feed) {
    this.partitions = partitions;
    this.clock = clock;
    this.feed = feed;
  }

  int partitionOf(GroupId group) {
    return Partitioning.ofGroup(group, partitions.count());
  }

  int partitionCount() {
    return partitions.count();
  }

  /** How old the view of the group is at most. */
  Optional<Duration> age(GroupId group) {
    return age(partitionOf(group));
  }

  /** How old the view of the partition is at most. */
  Optional<Duration> age(int partition) {
    return partitions.age(partition);
  }

  /** Where the instance is that has the group, if that is another than this. */
  Optional<URI> elsewhere(GroupId group) {
    return elsewhere(partitionOf(group));
  }

  /** Where the instance is that has the partition, if that is another than this. */
  Optional<URI> elsewhere(int partition) {
    return partitions.elsewhere(partition);
  }

  /** What {@code query} sees of the group's partition at one moment. It may run more than once. */
  <T> T read(GroupId group, Function<GroupView, T> query) {
    return read(partitionOf(group), query);
  }

  /** What {@code query} sees of a partition at one moment. It may run more than once. */
  <T> T read(int partition, Function<GroupView, T> query) {
    try {
      return clock.read(partition, () -> query.apply(partitions.view(partition)));
    } catch (InvalidStateStoreException moved) {
      throw new ViewPartitions.ViewNotReadyException("the view is being restored");
    }
  }

  /** How a wait for a revision ended. */
  sealed interface Waited {
    /** The view is there. */
    record Reached() implements Waited {}

    /** It did not come in time. */
    record TimedOut() implements Waited {}

    /** The view has all that the log had after the question came, and is only here. */
    record NeverComes(long revision) implements Waited {}

    /** The group stands still before it. */
    record StandsStill(Damage damage) implements Waited {}
  }

  /** Waits until the view has reached {@code revision}. */
  Waited await(GroupId group, long revision) throws InterruptedException {
    Optional<Waited> atOnce = standing(group, revision);
    if (atOnce.isPresent()) {
      return atOnce.get();
    }
    CountDownLatch changed = new CountDownLatch(1);
    try (Watch _ =
        feed.watch(
            group,
            change -> {
              if (change instanceof Change.GroupDamaged
                  || (change instanceof Change.EventApplied(var event, _)
                      && event.revision() >= revision)) {
                changed.countDown();
              }
            })) {
      long begun = System.nanoTime();
      // It may have come between the first look and the watch.
      Optional<Waited> meanwhile = standing(group, revision);
      while (meanwhile.isEmpty()) {
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        if (waited.compareTo(REVISION_TIMEOUT) > 0) {
          return new Waited.TimedOut();
        }
        if (isAsOf(group, waited)) {
          // Asked after the look at the age: what came meanwhile has come.
          return standing(group, revision)
              .orElseGet(() -> new Waited.NeverComes(revisionOf(group)));
        }
        if (changed.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          return standing(group, revision).orElseGet(Waited.TimedOut::new);
        }
        meanwhile = standing(group, revision);
      }
      return meanwhile.get();
    }
  }

  /** Whether the view has all that was on the log when the question was asked, and settled. */
  private boolean isAsOf(GroupId group, Duration waited) {
    return age(group).filter(age -> age.plus(SETTLING).compareTo(waited) < 0).isPresent();
  }

  private long revisionOf(GroupId group) {
    return read(group, view -> view.group(group).revision());
  }

  private Optional<Waited> standing(GroupId group, long revision) {
    GroupRecord record = read(group, view -> view.group(group));
    if (record.revision() >= revision) {
      return Optional.of(new Waited.Reached());
    }
    if (record.damage().isPresent()) {
      return record.damage().map(Waited.StandsStill::new);
    }
    // A recovery takes the group far ahead at once, but says so beforehand in its answer.
    return revision - record.revision() > MAX_AHEAD && age(group).isPresent()
        ? Optional.of(new Waited.NeverComes(record.revision()))
        : Optional.empty();
  }
}
