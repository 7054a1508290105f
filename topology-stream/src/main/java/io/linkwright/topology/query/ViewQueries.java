package io.linkwright.topology.query;

import io.linkwright.domain.GroupId;
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
      // It may have come between the first look and the watch.
      Optional<Waited> meanwhile = standing(group, revision);
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      return changed.await(REVISION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          ? standing(group, revision).orElseGet(Waited.TimedOut::new)
          : new Waited.TimedOut();
    }
  }

  private Optional<Waited> standing(GroupId group, long revision) {
    GroupRecord record = read(group, view -> view.group(group));
    return record.revision() >= revision
        ? Optional.of(new Waited.Reached())
        : record.damage().map(Waited.StandsStill::new);
  }
}
