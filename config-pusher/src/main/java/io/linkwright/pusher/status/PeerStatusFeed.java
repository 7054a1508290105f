package io.linkwright.pusher.status;

import io.linkwright.domain.EdgeStatus;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.pulse.StoppableThread;
import io.linkwright.schemas.LinkwrightTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of {@code linkwright.edge-status}, what other pushers write included, into {@link
 * KnownPeers}. One thread; when Kafka fails it begins again from the start of the topic, which is
 * compacted. Nobody waits for it: what it has not read yet only delays a change of keys.
 */
public final class PeerStatusFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerStatusFeed.class);
  private static final String NAME = LinkwrightTopics.EDGE_STATUS.name();
  private static final String CLIENT_ID = "linkwright-pusher-peers";
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_FETCH_BYTES = 16 << 20;

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Deserializer<EdgeStatus> deserializer;
  private final KnownPeers known;
  private final StoppableThread thread;

  private PeerStatusFeed(
      Supplier<Consumer<String, byte[]>> consumers,
      Deserializer<EdgeStatus> deserializer,
      KnownPeers known) {
    this.consumers = consumers;
    this.deserializer = deserializer;
    this.known = known;
    this.thread = new StoppableThread("pusher-peers", STOP_TIMEOUT, this::run);
  }

  /**
   * Starts to read.
   *
   * @param settings {@code bootstrap.servers} and what else reaches the cluster
   */
  public static PeerStatusFeed start(
      Map<String, String> settings, Deserializer<EdgeStatus> deserializer, KnownPeers known) {
    PeerStatusFeed feed = new PeerStatusFeed(() -> consumer(settings), deserializer, known);
    feed.thread.start();
    return feed;
  }

  /** Belongs to no group and commits nothing. */
  private static Consumer<String, byte[]> consumer(Map<String, String> settings) {
    Map<String, Object> config = new HashMap<>(settings);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private void run() {
    while (!thread.isStopping()) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException failed) {
        // Whatever it is: a feed that ends for good would stop every change of keys unnoticed.
        LOG.warn(
            "peer status feed waits retry_ms={} reason={}",
            RETRY_DELAY.toMillis(),
            failed.toString());
        thread.isStoppingWithin(RETRY_DELAY);
      }
    }
  }

  private void follow(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(NAME).stream()
            .map(partition -> new TopicPartition(NAME, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (!thread.isStopping()) {
      consumer.poll(POLL_TIMEOUT).forEach(this::hear);
    }
  }

  private void hear(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      known.forget(record.key());
      return;
    }
    try {
      known.heard(record.key(), deserializer.deserialize(NAME, record.value()));
    } catch (SerializationException | IllegalArgumentException foreign) {
      LOG.warn(
          "status passed over partition={} offset={} reason={}",
          record.partition(),
          record.offset(),
          foreign.getMessage());
    }
  }

  /** Whether the thread behind it runs and gets on. */
  public Liveness liveness() {
    return thread.liveness();
  }

  /** Stops reading; gives up waiting after 5 s. */
  @Override
  public void close() {
    thread.close();
  }
}
