package io.linkwright.command.kafka;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/** The topics the writers write to, as they are laid out on the cluster. */
record LogTopics(String events, int eventPartitions, String edgeConfig, int edgeConfigPartitions) {
  private static final long TIMEOUT_MS = 15_000;

  /**
   * Asks the cluster.
   *
   * @throws KafkaException if it does not answer or a topic does not exist
   */
  static LogTopics describe(Admin admin) {
    String events = LinkwrightTopics.EVENTS.name();
    String edgeConfig = LinkwrightTopics.EDGE_CONFIG.name();
    try {
      Map<String, TopicDescription> topics =
          admin
              .describeTopics(List.of(events, edgeConfig))
              .allTopicNames()
              .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      return new LogTopics(
          events,
          topics.get(events).partitions().size(),
          edgeConfig,
          topics.get(edgeConfig).partitions().size());
    } catch (ExecutionException | TimeoutException failed) {
      throw new KafkaException(
          "topics %s and %s cannot be described".formatted(events, edgeConfig), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while describing topics", interrupted);
    }
  }

  int edgeConfigPartition(EdgeId edge) {
    return Partitioning.ofEdge(edge, edgeConfigPartitions);
  }
}
