package io.linkwright.topology;

import io.linkwright.schemas.ClientSettings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of the stream, and why they are what they are. */
final class StreamSettings {
  /** Also names the consumer group and the changelog: never changes. */
  static final String APPLICATION_ID = "linkwright-topology";

  /**
   * An instance that died without a word is replaced after this time, unless the client settings
   * say otherwise; one that comes back under its id does not wait.
   */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  private static final int HEARTBEAT_INTERVAL_MS = 3_000;

  /** With one request in flight, what gathers meanwhile leaves in one batch for each partition. */
  private static final int BATCH_BYTES = 512 * 1024;

  /** How long a stream thread waits for records before it looks after other things. */
  private static final int POLL_MS = 50;

  private StreamSettings() {}

  static Properties of(TopologyConfig config, LogDurability log) {
    Properties settings = new Properties();
    settings.putAll(ClientSettings.with(config.kafka()));
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    settings.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID + "-" + config.instanceId());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    config
        .advertisedUrl()
        .ifPresent(
            url ->
                settings.put(
                    StreamsConfig.APPLICATION_SERVER_CONFIG, url.getHost() + ":" + url.getPort()));
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
    settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    // The two sources are independent: neither waits for the other to be in time order.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, log.copies());
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
        Integer.toString(log.minInSync()));
    exactlyOnce(settings, config);
    membership(settings, config);
    return settings;
  }

  /**
   * A commit is a transaction. With Kafka's defaults it waits up to 100 ms for the interval, 100 ms
   * when the broker is still ending the previous transaction, and 5 ms (KIP-1030) to fill batches.
   */
  private static void exactlyOnce(Properties settings, TopologyConfig config) {
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 2);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    // The broker turns a transaction's first request away while it ends the one before; what is in
    // flight behind it would then be out of order.
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopologyStream.MAX_RECORD_BYTES);
  }

  /** Static membership (KIP-345): Streams adds the number of the thread to the id. */
  private static void membership(Properties settings, TopologyConfig config) {
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        config.instanceId());
    settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        HEARTBEAT_INTERVAL_MS);
  }
}
