package io.linkwright.schemas;

import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing, then checks all. */
final class TopicCreation {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final Admin admin;
  private final TopicLayout layout;

  TopicCreation(Admin admin, TopicLayout layout) {
    this.admin = admin;
    this.layout = layout;
  }

  static Optional<Integer> partitions(Admin admin, TopicDescriptor topic) {
    List<String> name = List.of(topic.name());
    return AdminAnswers.await(admin.listTopics().names()).containsAll(name)
        ? Optional.of(
            AdminAnswers.await(admin.describeTopics(name).allTopicNames())
                .get(topic.name())
                .partitions()
                .size())
        : Optional.empty();
  }

  void run(List<TopicDescriptor> topics) {
    Collection<String> existing = AdminAnswers.await(admin.listTopics().names());
    create(topics.stream().filter(topic -> !existing.contains(topic.name())).toList());
    awaitVisible(topics);
    requirePartitions();
    raiseMessageLimits(topics);
    new TopicCheck(admin).run(topics);
  }

  private void requirePartitions() {
    int actual = partitions(admin, LinkwrightTopics.EVENTS).orElseThrow();
    if (actual != layout.partitions()) {
      throw new TopicMismatchException(
          "topic %s has %d partitions instead of %d; their number cannot change, because a group's history stays in one partition"
              .formatted(LinkwrightTopics.EVENTS.name(), actual, layout.partitions()));
    }
  }

  private void create(List<TopicDescriptor> topics) {
    Map<String, KafkaFuture<Void>> results =
        admin.createTopics(topics.stream().map(this::newTopic).toList()).values();
    for (KafkaFuture<Void> result : results.values()) {
      try {
        AdminAnswers.await(result);
      } catch (TopicExistsException createdMeanwhile) {
        // By another process that starts at the same time: checked like any that was there.
      }
    }
  }

  private NewTopic newTopic(TopicDescriptor topic) {
    Map<String, String> configs = new HashMap<>(topic.configs());
    configs.put(MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(layout.minInsyncReplicas()));
    return new NewTopic(topic.name(), layout.partitions(), layout.replication()).configs(configs);
  }

  /**
   * The controller answers before the brokers know. Who comes next, a Kafka Streams application for
   * one, must find the topics.
   */
  private void awaitVisible(List<TopicDescriptor> topics) {
    List<String> names = topics.stream().map(TopicDescriptor::name).toList();
    long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (true) {
      try {
        AdminAnswers.await(admin.describeTopics(names).allTopicNames());
        return;
      } catch (UnknownTopicOrPartitionException notYet) {
        if (System.nanoTime() >= deadline) {
          throw notYet;
        }
        pause();
      }
    }
  }

  /**
   * A topic of an older version may take smaller records than are written now. Where the cluster
   * does not let this process raise the limit, the check that follows says what to do.
   */
  private void raiseMessageLimits(List<TopicDescriptor> topics) {
    for (TopicDescriptor topic : topics) {
      String needed = topic.configs().get(MAX_MESSAGE_BYTES_CONFIG);
      if (needed != null && messageLimit(topic) < Long.parseLong(needed)) {
        raiseMessageLimit(topic, needed);
      }
    }
  }

  private long messageLimit(TopicDescriptor topic) {
    ConfigResource resource = resource(topic);
    return Long.parseLong(
        AdminAnswers.await(admin.describeConfigs(List.of(resource)).all())
            .get(resource)
            .get(MAX_MESSAGE_BYTES_CONFIG)
            .value());
  }

  private void raiseMessageLimit(TopicDescriptor topic, String needed) {
    AlterConfigOp raise =
        new AlterConfigOp(
            new ConfigEntry(MAX_MESSAGE_BYTES_CONFIG, needed), AlterConfigOp.OpType.SET);
    try {
      AdminAnswers.await(
          admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(raise))).all());
      LOG.info("topic limit raised topic={} {}={}", topic.name(), MAX_MESSAGE_BYTES_CONFIG, needed);
    } catch (KafkaException refused) {
      LOG.warn(
          "topic limit cannot be raised topic={} {}={} reason={}",
          topic.name(),
          MAX_MESSAGE_BYTES_CONFIG,
          needed,
          refused.toString());
    }
  }

  private static ConfigResource resource(TopicDescriptor topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_INTERVAL);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
