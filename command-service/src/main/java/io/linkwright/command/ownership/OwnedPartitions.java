package io.linkwright.command.ownership;

import io.linkwright.command.writer.PartitionWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * The writers of the partitions that the group has assigned to this instance. Assigned and revoked
 * by the membership's thread; read by any.
 */
public final class OwnedPartitions {
  private final IntFunction<PartitionWriter> starter;
  private final Map<Integer, PartitionWriter> writers = new ConcurrentHashMap<>();
  private volatile boolean joined;

  /** {@code starter} starts the writer of a partition without waiting for its claim. */
  public OwnedPartitions(IntFunction<PartitionWriter> starter) {
    this.starter = starter;
  }

  /** The partition's writer, if it is assigned to this instance. */
  public Optional<PartitionWriter> writer(int partition) {
    return Optional.ofNullable(writers.get(partition));
  }

  /** Whether the group has taken this instance in, if only with no partition yet. */
  public boolean isJoined() {
    return joined;
  }

  /** Partitions assigned. */
  public int assigned() {
    return writers.size();
  }

  /** Partitions claimed and replayed. */
  public long owning() {
    return writers.values().stream().filter(PartitionWriter::isOwning).count();
  }

  /** Groups that stand still at damage of their log. */
  public int damagedGroups() {
    return writers.values().stream().mapToInt(PartitionWriter::damagedGroups).sum();
  }

  /** Why a partition is not claimed, for one that is not. */
  public Optional<String> obstacle() {
    return writers.values().stream().flatMap(writer -> writer.obstacle().stream()).findFirst();
  }

  /** What has ended a writer for good. */
  public Optional<String> fatal() {
    return writers.values().stream().flatMap(writer -> writer.fatal().stream()).findFirst();
  }

  /** Commands waiting at all writers. */
  public int queued() {
    return writers.values().stream().mapToInt(PartitionWriter::queueDepth).sum();
  }

  /** Starts the writers of these partitions, all at once. */
  void assign(Collection<Integer> partitions) {
    partitions.forEach(partition -> writers.computeIfAbsent(partition, starter::apply));
    joined = true;
  }

  /** Stops the writers of these partitions, all at once, and returns when they have stopped. */
  void revoke(Collection<Integer> partitions) {
    List<Thread> stopping = new ArrayList<>();
    for (Integer partition : partitions) {
      PartitionWriter writer = writers.remove(partition);
      if (writer != null) {
        stopping.add(Thread.ofVirtual().start(writer::close));
      }
    }
    for (Thread thread : stopping) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  void revokeAll() {
    joined = false;
    revoke(List.copyOf(writers.keySet()));
  }
}
