package io.linkwright.topology;

import io.linkwright.schemas.LinkwrightTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster where the log ends, one question at a time, and compares with how far the stream
 * has committed. Used by one thread; answers come on the client's.
 */
final class EndWatch implements AutoCloseable {
  /** Between two questions, once every partition was compared. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** An answer that takes longer is none. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** Of a task that has committed nothing since it came here. */
  private static final long NOTHING_YET = -1;

  private static final Logger LOG = LoggerFactory.getLogger(EndWatch.class);

  private final Admin admin;
  private final ViewAges ages;
  private final LongSupplier nanoTime;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final ListOffsetsOptions options =
      new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
          .timeoutMs(Math.toIntExact(TIMEOUT.toMillis()));

  /** Where the group stands, for tasks that have committed nothing since they came here. */
  private volatile Map<Integer, Long> inherited = Map.of();

  private long askedAt;

  EndWatch(TopologyConfig config, ViewAges ages, LongSupplier nanoTime) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "linkwright-view-end-" + config.instanceId());
    this.admin = Admin.create(settings);
    this.ages = ages;
    this.nanoTime = nanoTime;
    this.askedAt = nanoTime.getAsLong() - INTERVAL.toNanos();
  }

  /** Tells how far the stream is, and asks if it is time to. Never blocks. */
  void check(KafkaStreams streams) {
    boolean running = streams.state() == KafkaStreams.State.RUNNING;
    Map<Integer, Long> positions = running ? positions(streams) : Map.of();
    long now = nanoTime.getAsLong();
    if (running) {
      ages.reached(positions, now);
    } else {
      ages.unknown();
    }
    boolean due = now - askedAt >= INTERVAL.toNanos() || ages.isIncomplete();
    if (due && asking.compareAndSet(false, true)) {
      askedAt = now;
      inherit();
      ask(positions.keySet(), now);
    }
  }

  /** A task that is started again says where it stands with its first commit, which may be far. */
  private void inherit() {
    // Its outcome is handled where it comes.
    var _ =
        admin
            .listConsumerGroupOffsets(
                StreamSettings.APPLICATION_ID,
                new ListConsumerGroupOffsetsOptions()
                    .timeoutMs(Math.toIntExact(TIMEOUT.toMillis())))
            .partitionsToOffsetAndMetadata()
            .whenComplete(
                (committed, failure) -> {
                  if (failure == null) {
                    inherited = ofTheLog(committed);
                  } else {
                    LOG.debug("the group's offsets were not told", failure);
                  }
                });
  }

  private static Map<Integer, Long> ofTheLog(Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<Integer, Long> offsets = new HashMap<>();
    committed.forEach(
        (partition, offset) -> {
          if (offset != null && partition.topic().equals(LinkwrightTopics.EVENTS.name())) {
            offsets.put(partition.partition(), offset.offset());
          }
        });
    return offsets;
  }

  /** Also with no partition here: that somebody answers is worth knowing. */
  private void ask(Set<Integer> partitions, long now) {
    Set<Integer> asked = partitions.isEmpty() ? Set.of(0) : partitions;
    // Its outcome is handled where it comes.
    var _ =
        admin
            .listOffsets(
                asked.stream()
                    .collect(Collectors.toMap(EndWatch::topicPartition, _ -> OffsetSpec.latest())),
                options)
            .all()
            .whenComplete(
                (ends, failure) -> {
                  asking.set(false);
                  if (failure == null) {
                    ages.answered(offsets(ends), now, nanoTime.getAsLong());
                  } else {
                    LOG.debug("the end of the log was not told", failure);
                  }
                });
  }

  private static Map<Integer, Long> offsets(
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends) {
    return ends.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().partition(), entry -> entry.getValue().offset()));
  }

  /** What is committed of the log, of each partition that a task of this process has. */
  private Map<Integer, Long> positions(KafkaStreams streams) {
    Map<Integer, Long> positions = new HashMap<>();
    for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
      for (TaskMetadata task : thread.activeTasks()) {
        for (TopicPartition partition : task.topicPartitions()) {
          if (partition.topic().equals(LinkwrightTopics.EVENTS.name())) {
            long committed = task.committedOffsets().getOrDefault(partition, NOTHING_YET);
            positions.put(
                partition.partition(),
                Math.max(committed, inherited.getOrDefault(partition.partition(), 0L)));
          }
        }
      }
    }
    return positions;
  }

  private static TopicPartition topicPartition(int partition) {
    return new TopicPartition(LinkwrightTopics.EVENTS.name(), partition);
  }

  @Override
  public void close() {
    admin.close(CLOSE_TIMEOUT);
  }
}
