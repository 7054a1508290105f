package io.linkwright.command.ownership;

import io.linkwright.schemas.KafkaFault;
import io.linkwright.schemas.LinkwrightTopics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance's seat in the consumer group by which the partitions are shared out. The consumer
 * reads and commits nothing: it only learns what it is assigned. Owned by its thread; {@link
 * #close} may be called from any.
 */
public final class GroupMembership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupMembership.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REJOIN_BACKOFF = Duration.ofSeconds(1);
  private static final Duration MAX_REJOIN_BACKOFF = Duration.ofSeconds(15);
  private static final int MAX_DOUBLINGS = 4;
  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Map<String, Object> settings;
  private final OwnedPartitions owned;
  private final Thread thread;
  private volatile boolean stopping;

  /** Why this instance has no seat; empty while it has one. */
  private volatile Optional<String> obstacle = Optional.empty();

  /** Whether the thread ended and nobody asked it to. */
  private volatile boolean ended;

  /** Seats lost in a row. Only the membership's thread touches it. */
  private int failures;

  private volatile KafkaConsumer<byte[], byte[]> consumer;

  private GroupMembership(Map<String, Object> settings, OwnedPartitions owned) {
    this.settings = settings;
    this.owned = owned;
    this.consumer = join();
    this.thread = Thread.ofPlatform().daemon().name("partition-membership").unstarted(this::run);
  }

  /** Joins the group; partitions are assigned a moment later. */
  public static GroupMembership start(Map<String, Object> settings, OwnedPartitions owned) {
    GroupMembership membership = new GroupMembership(settings, owned);
    membership.thread.start();
    return membership;
  }

  /** Why this instance has no seat in the group. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /** What has ended the membership for good, though nobody has closed it. */
  public Optional<String> fatal() {
    return ended ? obstacle : Optional.empty();
  }

  /** Stops the writers, then leaves the group, so that others take over at once. */
  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.warn("membership did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        step();
      }
    } catch (Error broken) {
      obstacle = Optional.of("the thread of the partitions' assignment ended: " + broken);
      ended = true;
      LOG.error("membership ended by an error", broken);
    } finally {
      owned.revokeAll();
      leave();
    }
  }

  private void step() {
    try {
      consumer.poll(POLL);
      if (failures > 0 && owned.isJoined()) {
        failures = 0;
        obstacle = Optional.empty();
      }
    } catch (WakeupException stopped) {
      LOG.debug("membership woken up");
    } catch (RuntimeException lost) {
      lost(lost);
    }
  }

  private void lost(RuntimeException failure) {
    owned.revokeAll();
    switch (KafkaFault.of(failure)) {
      case REPLACED -> {
        // Joining again would fence the other in turn, for ever: the later one stays.
        LOG.error("another process has this instance's id, partitions given up", failure);
        obstacle =
            Optional.of("another process has this instance's id: start this one under another");
        stopping = true;
      }
      case REFUSED -> {
        LOG.error("membership refused, joining again later", failure);
        obstacle = Optional.of("Kafka refuses: " + KafkaFault.text(failure));
        rejoin(MAX_REJOIN_BACKOFF);
      }
      case DELAY, CLIENT_LOST, BROKEN -> {
        LOG.warn("membership lost, joining again", failure);
        obstacle = Optional.of("membership lost: " + KafkaFault.text(failure));
        rejoin(backOff());
      }
    }
  }

  private Duration backOff() {
    Duration doubled = REJOIN_BACKOFF.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    return doubled.compareTo(MAX_REJOIN_BACKOFF) < 0 ? doubled : MAX_REJOIN_BACKOFF;
  }

  private KafkaConsumer<byte[], byte[]> join() {
    KafkaConsumer<byte[], byte[]> joined =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    joined.subscribe(List.of(LinkwrightTopics.EVENTS.name()), new Rebalance());
    return joined;
  }

  /** Another consumer in place of the lost one; if none can be made, the old one fails again. */
  private void rejoin(Duration wait) {
    failures++;
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      Thread.sleep(wait);
      consumer = join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopping = true;
    } catch (KafkaException notMade) {
      LOG.warn("membership cannot be made", notMade);
    }
  }

  private void leave() {
    try {
      consumer.close(
          CloseOptions.timeout(LEAVE_TIMEOUT)
              .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    } catch (KafkaException notLeft) {
      LOG.warn("group not left, others take over when the session times out", notLeft);
    }
  }

  /** Called inside {@code poll}, on the membership's thread. */
  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      LOG.info("partitions assigned partitions={}", numbers(partitions));
      owned.assign(numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      LOG.info("partitions revoked partitions={}", numbers(partitions));
      owned.revoke(numbers(partitions));
    }

    private List<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
  }
}
