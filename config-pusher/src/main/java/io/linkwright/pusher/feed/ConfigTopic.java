package io.linkwright.pusher.feed;

import io.linkwright.pusher.store.StoreOrigin;
import io.linkwright.schemas.LinkwrightTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What the cluster says of {@code linkwright.edge-config}.
 *
 * @param id Kafka's id of the topic
 * @param tombstoneRetention how long a removal stays readable
 */
record ConfigTopic(String id, List<TopicPartition> partitions, Duration tombstoneRetention) {
  private static final String NAME = LinkwrightTopics.EDGE_CONFIG.name();

  static ConfigTopic describe(Admin admin) {
    try {
      TopicDescription topic = admin.describeTopics(List.of(NAME)).allTopicNames().get().get(NAME);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      long retentionMs = Long.parseLong(config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG).value());
      return new ConfigTopic(
          topic.topicId().toString(),
          topic.partitions().stream()
              .map(partition -> new TopicPartition(NAME, partition.partition()))
              .toList(),
          Duration.ofMillis(retentionMs));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failed.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /**
   * Whether a store may be brought up to date by reading on from where it stopped. Not if its topic
   * was made anew, nor if it was away so long that removals have come and gone: half of the time
   * they stay, to be well before the first of them goes.
   */
  boolean continues(Optional<StoreOrigin> origin, Instant now) {
    return origin.isPresent()
        && origin.get().topicId().equals(id)
        && isCurrentEnough(origin.get().currentAt(), now);
  }

  boolean isCurrentEnough(Instant currentAt, Instant now) {
    return Duration.between(currentAt, now).compareTo(tombstoneRetention.dividedBy(2)) < 0;
  }

  /** Throws unless the store's offsets exist on the topic. */
  static void requireWithin(Map<Integer, Long> positions, Map<TopicPartition, Long> endOffsets) {
    positions.forEach(
        (partition, position) -> {
          Long end = endOffsets.get(new TopicPartition(NAME, partition));
          if (end == null || position > end) {
            throw new OutdatedStoreException(
                "partition %d was read up to %d and ends at %s"
                    .formatted(partition, position, end));
          }
        });
  }
}
