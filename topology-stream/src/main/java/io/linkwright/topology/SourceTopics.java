package io.linkwright.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the stream must know of the topics that it reads, before it reads them.
 *
 * @param partitions that all of them have: a group is in the same partition of each
 * @param log how well the log is kept
 */
record SourceTopics(int partitions, LogDurability log) {
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * Looks at the topics, the log first, and at what an earlier build has left of the view's own.
   *
   * @throws IllegalStateException if one does not exist or they do not agree
   */
  static SourceTopics of(TopologyConfig config, String log, String... others) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    List<String> topics = Stream.concat(Stream.of(log), Stream.of(others)).toList();
    try (Admin admin = Admin.create(settings)) {
      Map<String, TopicDescription> descriptions = describe(admin, topics);
      List<Integer> counts =
          descriptions.values().stream()
              .map(topic -> topic.partitions().size())
              .distinct()
              .toList();
      if (counts.size() != 1) {
        throw new IllegalStateException(
            "topics %s have %s partitions; they must have as many as each other"
                .formatted(descriptions.keySet(), counts));
      }
      LogDurability durability =
          new LogDurability(Changelog.copies(descriptions.get(log)), minInSync(admin, log));
      new Changelog(admin, durability).mend();
      return new SourceTopics(counts.getFirst(), durability);
    }
  }

  private static int minInSync(Admin admin, String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return Integer.parseInt(
        await(admin.describeConfigs(List.of(resource)).all(), topic)
            .get(resource)
            .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
            .value());
  }

  private static Map<String, TopicDescription> describe(Admin admin, List<String> topics) {
    return await(admin.describeTopics(topics).allTopicNames(), topics);
  }

  private static <T> T await(KafkaFuture<T> answer, Object topics) {
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IllegalStateException("topics %s do not all exist".formatted(topics), failed);
      }
      throw new KafkaException("the cluster failed to describe " + topics, failed.getCause());
    } catch (TimeoutException late) {
      throw new KafkaException(
          "the cluster did not answer within %d s".formatted(TIMEOUT.toSeconds()), late);
    }
  }
}
