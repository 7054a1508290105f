package io.linkwright.schemas;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
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
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private static final String UNLIMITED = "-1";

  private final Admin admin;
  private final TopicLayout layout;

  TopicCreation(Admin admin, TopicLayout layout) {
    this.admin = admin;
    this.layout = layout;
  }

  static Optional<Integer> partitions(Admin admin, TopicDescriptor topic) {
    List<String> name = List.of(topic.name());
    return await(admin.listTopics().names()).containsAll(name)
        ? Optional.of(
            await(admin.describeTopics(name).allTopicNames()).get(topic.name()).partitions().size())
        : Optional.empty();
  }

  void run(List<TopicDescriptor> topics) {
    Collection<String> existing = await(admin.listTopics().names());
    create(topics.stream().filter(topic -> !existing.contains(topic.name())).toList());
    check(topics, awaitVisible(topics));
  }

  private void create(List<TopicDescriptor> topics) {
    Map<String, KafkaFuture<Void>> results =
        admin.createTopics(topics.stream().map(this::newTopic).toList()).values();
    for (KafkaFuture<Void> result : results.values()) {
      try {
        await(result);
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
  private Map<String, TopicDescription> awaitVisible(List<TopicDescriptor> topics) {
    List<String> names = topics.stream().map(TopicDescriptor::name).toList();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try {
        return await(admin.describeTopics(names).allTopicNames());
      } catch (UnknownTopicOrPartitionException notYet) {
        if (System.nanoTime() >= deadline) {
          throw notYet;
        }
        pause();
      }
    }
  }

  private void check(List<TopicDescriptor> topics, Map<String, TopicDescription> descriptions) {
    Map<ConfigResource, Config> configs =
        await(admin.describeConfigs(topics.stream().map(TopicCreation::resource).toList()).all());
    for (TopicDescriptor topic : topics) {
      checkPartitions(topic, descriptions.get(topic.name()).partitions().size());
      checkKeeping(topic, configs.get(resource(topic)));
      raiseMessageLimit(topic, configs.get(resource(topic)));
    }
  }

  /**
   * A topic of an older version may take smaller records than are written now. Where the cluster
   * does not let this process raise the limit, the operator is told: all but the largest records
   * still fit.
   */
  private void raiseMessageLimit(TopicDescriptor topic, Config actual) {
    String needed = topic.configs().get(MAX_MESSAGE_BYTES_CONFIG);
    if (needed == null
        || Long.parseLong(actual.get(MAX_MESSAGE_BYTES_CONFIG).value()) >= Long.parseLong(needed)) {
      return;
    }
    AlterConfigOp raise =
        new AlterConfigOp(
            new ConfigEntry(MAX_MESSAGE_BYTES_CONFIG, needed), AlterConfigOp.OpType.SET);
    try {
      await(admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(raise))).all());
      LOG.info("topic limit raised topic={} {}={}", topic.name(), MAX_MESSAGE_BYTES_CONFIG, needed);
    } catch (KafkaException refused) {
      LOG.warn(
          "topic limit is too small and cannot be raised topic={} set={}={} reason={}",
          topic.name(),
          MAX_MESSAGE_BYTES_CONFIG,
          needed,
          refused.toString());
    }
  }

  private void checkPartitions(TopicDescriptor topic, int actual) {
    if (actual != layout.partitions()) {
      throw new TopicMismatchException(
          "topic %s has %d partitions instead of %d; their number cannot change, because a group's history stays in one partition"
              .formatted(topic.name(), actual, layout.partitions()));
    }
  }

  /**
   * An operator may tune a topic, but not so that it loses what it is there to keep: a topic that a
   * broker created by itself deletes its records after a week.
   */
  private static void checkKeeping(TopicDescriptor topic, Config actual) {
    requireSame(topic, actual, CLEANUP_POLICY_CONFIG);
    if (UNLIMITED.equals(topic.configs().get(RETENTION_MS_CONFIG))) {
      requireSame(topic, actual, RETENTION_MS_CONFIG);
    }
  }

  private static void requireSame(TopicDescriptor topic, Config config, String key) {
    String expected = topic.configs().get(key);
    String actual = config.get(key).value();
    if (!actual.equals(expected)) {
      throw new TopicMismatchException(
          "topic %s has %s=%s instead of %s and would lose records"
              .formatted(topic.name(), key, actual, expected));
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

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException refusal
          ? refusal
          : new KafkaException("the cluster failed to answer", failed.getCause());
    } catch (TimeoutException late) {
      throw new KafkaException(
          "the cluster did not answer within %d s".formatted(TIMEOUT.toSeconds()), late);
    }
  }
}
