package io.linkwright.cli.replay;

import io.linkwright.cli.cluster.ClusterAccess;
import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Holds the last record of each key on {@code linkwright.edge-config} against what the log calls
 * for. Events and records of one transaction are seen one after the other, so both are read on
 * until what differs stays. Holds a record for each key, without its secrets. Used by one thread.
 */
public final class ConfigurationComparison implements AutoCloseable {
  /** What differs is looked at so many times before it is believed. */
  private static final int LOOKS = 6;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final LogReplay replay;
  private final LogReplayState fold;
  private final CommittedTopic topic;
  private final Deserializer<EdgeConfiguration> values;
  private final Map<EdgeConfigKey, WrittenConfiguration> written = new HashMap<>();
  private final SortedMap<String, Stranger> strangers = new TreeMap<>();

  /** Between {@code fold}, which {@code replay} reads into, and the topic of the same cluster. */
  public ConfigurationComparison(
      ClusterAccess cluster, LogReplay replay, LogReplayState fold, ReplayListener listener) {
    this.replay = replay;
    this.fold = fold;
    this.topic = new CommittedTopic(cluster, LinkwrightTopics.EDGE_CONFIG.name(), listener);
    this.values = cluster.wire().edgeConfigurations().deserializer();
  }

  /**
   * A record that is no edge's.
   *
   * @param group of its key; empty if that names none
   */
  private record Stranger(Optional<GroupId> group, String reason) {}

  /**
   * All that differs, of groups without damage, in the order of the keys.
   *
   * @param only this group; empty: all
   * @throws ReplayException if log or topic cannot be read
   * @throws GroupKeepsChangingException if a group keeps changing
   */
  public List<ConfigurationDifference> run(Optional<GroupId> only)
      throws ReplayException, GroupKeepsChangingException {
    read();
    Map<EdgeConfigKey, ConfigurationDifference> differing = differing(keys(only));
    for (int look = 2; look <= LOOKS && !differing.isEmpty(); look++) {
      pause();
      read();
      Map<EdgeConfigKey, ConfigurationDifference> still = differing(differing.keySet());
      if (look == LOOKS) {
        requireRest(differing, still);
      }
      differing = still;
    }
    List<ConfigurationDifference> found = new ArrayList<>(differing.values());
    strangers.forEach(
        (key, stranger) -> {
          if (only.isEmpty() || only.equals(stranger.group())) {
            found.add(ConfigurationDifference.defective(key, stranger.reason()));
          }
        });
    found.sort(Comparator.comparing(ConfigurationDifference::key));
    return found;
  }

  @Override
  public void close() {
    topic.close();
  }

  private void read() throws ReplayException {
    int partitions = topic.partitionCount();
    topic.read(record -> take(record, partitions));
    replay.run();
  }

  private Set<EdgeConfigKey> keys(Optional<GroupId> only) {
    Set<EdgeConfigKey> keys = new HashSet<>(fold.configuration().entries().keySet());
    keys.addAll(written.keySet());
    only.ifPresent(group -> keys.removeIf(key -> !key.group().equals(group)));
    return keys;
  }

  private Map<EdgeConfigKey, ConfigurationDifference> differing(Set<EdgeConfigKey> keys) {
    Map<EdgeConfigKey, ConfigurationDifference> found = new HashMap<>();
    for (EdgeConfigKey key : keys) {
      Optional<ReplayedGroup> group = Optional.ofNullable(fold.groups().get(key.group()));
      if (group.map(ReplayedGroup::sound).orElse(true)) {
        ConfigurationDifference.between(
                key,
                fold.configuration(),
                Optional.ofNullable(written.get(key)),
                group.map(known -> known.state().revision()).orElse(0L))
            .ifPresent(difference -> found.put(key, difference));
      }
    }
    return found;
  }

  /** What was something else a moment ago may be right in the next. */
  private static void requireRest(
      Map<EdgeConfigKey, ConfigurationDifference> before,
      Map<EdgeConfigKey, ConfigurationDifference> now)
      throws GroupKeepsChangingException {
    for (Map.Entry<EdgeConfigKey, ConfigurationDifference> each : now.entrySet()) {
      if (!each.getValue().equals(before.get(each.getKey()))) {
        throw new GroupKeepsChangingException(each.getKey().group(), LOOKS);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, int partitions) {
    String text = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    EdgeConfigKey key;
    try {
      key = EdgeConfigKey.parse(text);
    } catch (IllegalArgumentException notOurs) {
      takeForeign(text, record, notOurs.getMessage());
      return;
    }
    int partition = Partitioning.ofEdge(key.edge(), partitions);
    if (record.partition() == partition) {
      written.put(key, WrittenConfiguration.of(key, record, values));
    } else {
      // A tombstone, too: who reads all partitions takes it for the last word on the key.
      strangers.put(
          "%s in partition %d".formatted(text, record.partition()),
          new Stranger(
              Optional.of(key.group()), "its edge belongs to partition %d".formatted(partition)));
    }
  }

  private void takeForeign(String key, ConsumerRecord<byte[], byte[]> record, String reason) {
    if (record.value() == null) {
      strangers.remove(key);
    } else {
      strangers.put(key, new Stranger(Optional.empty(), reason));
    }
  }

  private static void pause() throws ReplayException {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ReplayException("interrupted", interrupted);
    }
  }
}
