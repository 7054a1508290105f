package io.linkwright.command.ownership;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds owners: this instance's writers without asking anybody, the others from the consumer group,
 * whose members carry their URL in the client id ({@link MemberAddress}). What the group said is
 * believed for a second. Thread-safe.
 */
public final class ClusterOwners implements PartitionOwners {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterOwners.class);
  private static final Duration BELIEVED = Duration.ofSeconds(1);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(3);

  private record Directory(Map<Integer, Owner> owners, long readAtNanos) {
    boolean isFresh() {
      return System.nanoTime() - readAtNanos < BELIEVED.toNanos();
    }
  }

  private final OwnedPartitions owned;
  private final Admin admin;
  private final String groupId;
  private final MemberAddress addresses;
  private final URI self;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Optional<Directory> directory = Optional.empty();

  /** With the group of the members and this instance's own URL. */
  public ClusterOwners(
      OwnedPartitions owned, Admin admin, String groupId, MemberAddress addresses, URI self) {
    this.owned = owned;
    this.admin = admin;
    this.groupId = groupId;
    this.addresses = addresses;
    this.self = self;
  }

  @Override
  public Owner ownerOf(int partition) {
    return owned
        .writer(partition)
        .<Owner>map(Owner.Local::new)
        .or(() -> remote(partition))
        .orElseGet(Owner.Nobody::new);
  }

  private Optional<Owner> remote(int partition) {
    return Optional.ofNullable(current().owners().get(partition))
        // The group already counts the partition as ours, and the assignment is yet to arrive.
        .filter(owner -> !owner.equals(new Owner.Remote(self)));
  }

  private Directory current() {
    Optional<Directory> known = directory;
    if (known.isPresent() && known.get().isFresh()) {
      return known.get();
    }
    reading.lock();
    try {
      if (directory.isEmpty() || !directory.get().isFresh()) {
        directory = Optional.of(new Directory(read(), System.nanoTime()));
      }
      return directory.get();
    } finally {
      reading.unlock();
    }
  }

  /** Nobody is an owner while the group cannot be asked. */
  private Map<Integer, Owner> read() {
    try {
      ConsumerGroupDescription group =
          admin
              .describeConsumerGroups(List.of(groupId))
              .describedGroups()
              .get(groupId)
              .get(LOOKUP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      Map<Integer, Owner> owners = new HashMap<>();
      for (MemberDescription member : group.members()) {
        Owner owner = owner(member);
        for (TopicPartition partition : member.assignment().topicPartitions()) {
          owners.put(partition.partition(), owner);
        }
      }
      return owners;
    } catch (ExecutionException | TimeoutException | KafkaException unanswered) {
      LOG.warn("group cannot be described group={}", groupId, unanswered);
      return Map.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  private Owner owner(MemberDescription member) {
    Optional<URI> url = addresses.urlOf(member.groupInstanceId().orElse(""), member.clientId());
    if (url.isEmpty()) {
      LOG.error(
          "a member of the group is no instance of this cluster, or has another controller key:"
              + " nothing is passed on to it group={} host={}",
          groupId,
          member.host());
    }
    return url.<Owner>map(Owner.Remote::new).orElseGet(Owner.Unproven::new);
  }
}
