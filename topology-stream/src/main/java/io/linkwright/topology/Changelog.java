package io.linkwright.topology;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view's changelog, as it was made by an earlier build: its settings are mended, and copies
 * that are missing are told of with the command that makes them.
 */
final class Changelog {
  /** Streams names it. */
  static final String NAME =
      StreamSettings.APPLICATION_ID + "-" + TopologyStream.VIEW + "-changelog";

  private static final Logger LOG = LoggerFactory.getLogger(Changelog.class);

  private final Admin admin;
  private final LogDurability log;

  Changelog(Admin admin, LogDurability log) {
    this.admin = admin;
    this.log = log;
  }

  /** Does nothing if there is none yet: Streams makes it. What cannot be mended stops no start. */
  void mend() {
    try {
      TopicDescription topic =
          admin
              .describeTopics(List.of(NAME))
              .allTopicNames()
              .get(SourceTopics.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
              .get(NAME);
      doubt(topic, log).ifPresent(LOG::warn);
      configure(Math.min(log.minInSync(), copies(topic)));
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
        LOG.warn("the view's changelog was not looked at topic={}", NAME, failed.getCause());
      }
    } catch (TimeoutException late) {
      LOG.warn("the view's changelog was not looked at in time topic={}", NAME);
    }
  }

  /** What to tell of a changelog that has fewer copies than the log; empty if it has as many. */
  static Optional<String> doubt(TopicDescription topic, LogDurability log) {
    int copies = copies(topic);
    return copies < log.copies()
        ? Optional.of(
            ("the view's changelog has fewer copies than the log: while a broker is away, the view"
                    + " stands still. Raise them with kafka-reassign-partitions.sh topic=%s"
                    + " copies=%d log_copies=%d")
                .formatted(topic.name(), copies, log.copies()))
        : Optional.empty();
  }

  /** Of the partition with the fewest. */
  static int copies(TopicDescription topic) {
    return topic.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElseThrow();
  }

  private void configure(int minInSync)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, String> wanted = new HashMap<>(TopologyStream.CHANGELOG);
    wanted.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInSync));
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
    var actual =
        admin
            .describeConfigs(Set.of(resource))
            .all()
            .get(SourceTopics.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .get(resource);
    Collection<AlterConfigOp> changes =
        wanted.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(actual.get(entry.getKey()).value()))
            .map(
                entry ->
                    new AlterConfigOp(
                        new ConfigEntry(entry.getKey(), entry.getValue()),
                        AlterConfigOp.OpType.SET))
            .toList();
    if (changes.isEmpty()) {
      return;
    }
    admin
        .incrementalAlterConfigs(Map.of(resource, changes))
        .all()
        .get(SourceTopics.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    LOG.info("the view's changelog was mended topic={} changed={}", NAME, changes);
  }
}
