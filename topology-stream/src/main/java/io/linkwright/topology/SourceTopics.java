package io.linkwright.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the topics that the stream reads, before it reads them. */
final class SourceTopics {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private SourceTopics() {}

  /**
   * The number of partitions that all of them have: a group is in the same partition of each.
   *
   * @throws IllegalStateException if one does not exist or they do not agree
   */
  static int partitions(TopologyConfig config, String... topics) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      Map<String, TopicDescription> descriptions = describe(admin, List.of(topics));
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
      return counts.getFirst();
    }
  }

  private static Map<String, TopicDescription> describe(Admin admin, List<String> topics) {
    try {
      return admin
          .describeTopics(topics)
          .allTopicNames()
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
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
