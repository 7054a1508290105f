package io.linkwright.pusher.feed;

import io.linkwright.schemas.ClientSettings;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the feed's Kafka clients.
 *
 * @param settings {@code bootstrap.servers} and what else reaches the cluster
 */
public record FeedClients(Map<String, String> settings) {
  private static final String CLIENT_ID = "linkwright-pusher";
  private static final int MAX_RECORDS_PER_POLL = 2_000;
  private static final int MAX_FETCH_BYTES = 16 << 20;
  private static final int API_TIMEOUT_MS = 15_000;

  /** Copies the settings. */
  public FeedClients {
    settings = Map.copyOf(settings);
  }

  /**
   * Belongs to no group and commits nothing: the offsets are in the store. The broker answers a
   * fetch as soon as there is a byte; {@code fetch.max.wait.ms} only bounds how long it waits when
   * there is nothing.
   */
  Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = ClientSettings.with(settings);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS_PER_POLL);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Admin admin() {
    Map<String, Object> config = ClientSettings.with(settings);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID + "-admin");
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    return Admin.create(config);
  }
}
