package io.linkwright.schemas;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;

import io.linkwright.schemas.avro.EdgeConfigChanged;
import io.linkwright.schemas.avro.EdgeStatusReported;
import io.linkwright.schemas.avro.GroupEvent;
import io.linkwright.schemas.avro.TopologyEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Linkwright's topics. Keys are UTF-8 strings. */
public final class LinkwrightTopics {
  private static final String UNLIMITED = "-1";

  /** Key {@code group}. The log: what happened, for ever. */
  public static final TopicDescriptor EVENTS =
      new TopicDescriptor(
          "linkwright.events",
          Map.of(
              CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE,
              RETENTION_MS_CONFIG, UNLIMITED,
              RETENTION_BYTES_CONFIG, UNLIMITED),
          GroupEvent.getClassSchema());

  /**
   * Key {@code edge/group/link}, or {@code edge/group/} for the membership; partitioned by edge.
   * Tombstones stay for 30 days, so that a pusher that rebuilds its store learns at which revision
   * a link went. What a tombstone or a newer record replaces is erased within a day: sealed secrets
   * do not outlive their link.
   */
  public static final TopicDescriptor EDGE_CONFIG =
      new TopicDescriptor(
          "linkwright.edge-config",
          Map.of(
              CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT,
              DELETE_RETENTION_MS_CONFIG, milliseconds(Duration.ofDays(30)),
              MAX_COMPACTION_LAG_MS_CONFIG, milliseconds(Duration.ofDays(1)),
              MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.3",
              SEGMENT_BYTES_CONFIG, mebibytes(64)),
          EdgeConfigChanged.getClassSchema());

  /**
   * Bytes of the largest batch on {@link #EDGE_STATUS}; for producers, and for what else keeps a
   * status in one record. The largest legal status is that of a hub with 20,000 links, each with
   * two tunnels, changing keys and a peer whose id has 63 characters: less than 2 MiB as it is
   * written now, and 8 MiB as former writers wrote it.
   */
  public static final int MAX_EDGE_STATUS_BYTES = 8 << 20;

  /** Key {@code group/edge}, partitioned by group. */
  public static final TopicDescriptor EDGE_STATUS =
      new TopicDescriptor(
          "linkwright.edge-status",
          Map.of(
              CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT,
              DELETE_RETENTION_MS_CONFIG, milliseconds(Duration.ofDays(1)),
              MAX_COMPACTION_LAG_MS_CONFIG, milliseconds(Duration.ofDays(1)),
              MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5",
              MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_EDGE_STATUS_BYTES),
              SEGMENT_BYTES_CONFIG, mebibytes(32)),
          EdgeStatusReported.getClassSchema());

  /** Key {@code group}. For downstream services, kept for 30 days. */
  public static final TopicDescriptor TOPOLOGY =
      new TopicDescriptor(
          "linkwright.topology",
          Map.of(
              CLEANUP_POLICY_CONFIG,
              CLEANUP_POLICY_DELETE,
              RETENTION_MS_CONFIG,
              milliseconds(Duration.ofDays(30))),
          TopologyEvent.getClassSchema());

  /** What Kafka Streams keeps for the view: it has a partition for each of the log's. */
  static final String VIEW_CHANGELOG = "linkwright-topology-view-changelog";

  private LinkwrightTopics() {}

  /** All four. */
  public static List<TopicDescriptor> all() {
    return List.of(EVENTS, EDGE_CONFIG, EDGE_STATUS, TOPOLOGY);
  }

  /**
   * Creates the topics that do not exist. Safe to call from several processes at once.
   *
   * @throws TopicMismatchException if a topic exists with another number of partitions or would not
   *     keep its records as long as it must
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer within 30 s or
   *     refuses
   */
  public static void ensure(Admin admin, TopicLayout layout) {
    new TopicCreation(admin, layout).run(all());
  }

  /**
   * Holds the topics that exist against what is needed. Asked before a service starts.
   *
   * @return for people: what makes the installation weaker than it could be
   * @throws TopicMismatchException if one is missing, has another number of partitions than the log
   *     or than the view was made with, or would not keep its records as long as it must
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer within 30 s
   */
  public static List<String> check(Admin admin) {
    return new TopicCheck(admin).run(all());
  }

  /**
   * How many partitions the log has; empty if it does not exist.
   *
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer within 30 s
   */
  public static Optional<Integer> partitions(Admin admin) {
    return TopicCreation.partitions(admin, EVENTS);
  }

  /** How many brokers the cluster has now. */
  public static int brokers(Admin admin) {
    return AdminAnswers.await(admin.describeCluster().nodes()).size();
  }

  private static String milliseconds(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static String mebibytes(int count) {
    return Integer.toString(count << 20);
  }
}
