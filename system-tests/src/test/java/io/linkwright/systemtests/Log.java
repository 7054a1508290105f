package io.linkwright.systemtests;

import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands on the topics, read by a consumer that is none of the services'. */
record Log(String bootstrapServers) {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Every committed event, those of one group in order. */
  List<RecordedEvent> events() {
    return records(LinkwrightTopics.EVENTS.name(), WireFormat.bundled().events().deserializer())
        .stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  /** What a replay of the events says the edges should run. */
  ConfigurationReplay replay() {
    ConfigurationReplay replay = new ConfigurationReplay();
    events().forEach(replay::apply);
    return replay;
  }

  /** The last record of each key on {@code linkwright.edge-config}, tombstones left out. */
  Map<EdgeConfigKey, EdgeConfiguration> edgeConfigurations() {
    Map<EdgeConfigKey, EdgeConfiguration> latest = new HashMap<>();
    records(
            LinkwrightTopics.EDGE_CONFIG.name(),
            WireFormat.bundled().edgeConfigurations().deserializer())
        .forEach(
            record -> {
              EdgeConfigKey key = EdgeConfigKey.parse(record.key());
              if (record.value() == null) {
                latest.remove(key);
              } else {
                latest.put(key, record.value());
              }
            });
    return latest;
  }

  /** The last word of each edge in each group. */
  Collection<EdgeStatus> edgeStatuses() {
    Map<String, EdgeStatus> latest = new HashMap<>();
    records(LinkwrightTopics.EDGE_STATUS.name(), WireFormat.bundled().edgeStatuses().deserializer())
        .forEach(record -> latest.put(record.key(), record.value()));
    return latest.values();
  }

  /** Links of which some edge has former keys still; a link counts for each of its ends. */
  int linksChangingKeys() {
    return edgeStatuses().stream().mapToInt(status -> status.keyChanges().size()).sum();
  }

  /** Every committed record as the bytes it is. */
  List<ConsumerRecord<String, byte[]>> raw(String topic) {
    return records(topic, new ByteArrayDeserializer());
  }

  private <V> List<ConsumerRecord<String, V>> records(String topic, Deserializer<V> values) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<ConsumerRecord<String, V>> records = new ArrayList<>();
    try (KafkaConsumer<String, V> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
