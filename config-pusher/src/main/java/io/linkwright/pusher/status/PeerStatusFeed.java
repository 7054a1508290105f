package io.linkwright.pusher.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.text.PlainText;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.pulse.LogLimit;
import io.linkwright.pusher.pulse.StoppableThread;
import io.linkwright.schemas.ClientSettings;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.SchemaRegistryException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of {@code linkwright.edge-status}, what other pushers write included, into {@link
 * KnownPeers}, and tells when it follows that a connection of this pusher is not, or not seen as,
 * the current one. One thread; when Kafka fails it begins again from the start of the topic, which
 * is compacted. Nobody waits for it: what it has not read yet only delays a change of keys.
 *
 * <p>What cannot be read never counts: anybody may write to the topic. It is counted and passed
 * over. Only a registry that does not answer is waited for.
 */
public final class PeerStatusFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerStatusFeed.class);
  private static final String NAME = LinkwrightTopics.EDGE_STATUS.name();
  private static final String CLIENT_ID = "linkwright-pusher-peers";
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final int API_TIMEOUT_MS = 15_000;
  private static final int MAX_REASON_LENGTH = 300;
  private static final int MAX_FETCH_BYTES = 16 << 20;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Deserializer<EdgeStatus> deserializer;
  private final KnownPeers known;
  private final StatusListener listener;
  private final PusherMetrics metrics;
  private final LogLimit failures = new LogLimit();
  private final LogLimit foreign = new LogLimit();
  private final StoppableThread thread;

  private PeerStatusFeed(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Deserializer<EdgeStatus> deserializer,
      KnownPeers known,
      StatusListener listener,
      PusherMetrics metrics) {
    this.consumers = consumers;
    this.deserializer = deserializer;
    this.known = known;
    this.listener = listener;
    this.metrics = metrics;
    this.thread = new StoppableThread("pusher-peers", STOP_TIMEOUT, this::run);
  }

  /**
   * Starts to read.
   *
   * @param settings {@code bootstrap.servers} and what else reaches the cluster
   */
  public static PeerStatusFeed start(
      Map<String, String> settings,
      Deserializer<EdgeStatus> deserializer,
      KnownPeers known,
      StatusListener listener,
      PusherMetrics metrics) {
    PeerStatusFeed feed =
        new PeerStatusFeed(() -> consumer(settings), deserializer, known, listener, metrics);
    feed.thread.start();
    return feed;
  }

  /** Belongs to no group and commits nothing. */
  private static Consumer<byte[], byte[]> consumer(Map<String, String> settings) {
    Map<String, Object> config = ClientSettings.with(settings);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void run() {
    while (!thread.isStopping()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException failed) {
        // Whatever it is: a feed that ends for good would stop every change of keys unnoticed.
        failures
            .next()
            .ifPresent(
                leftOut ->
                    LOG.warn(
                        "peer status feed waits retry_ms={} not_logged={} reason={}",
                        RETRY_DELAY.toMillis(),
                        leftOut,
                        failed.toString()));
        thread.isStoppingWithin(RETRY_DELAY);
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(NAME).stream()
            .map(partition -> new TopicPartition(NAME, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    // What comes is read in order from the beginning: whose word counts follows from that alone.
    known.clear();
    while (!thread.isStopping()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
        if (!hear(record)) {
          return;
        }
      }
    }
  }

  /** False if it is to stop. */
  private boolean hear(ConsumerRecord<byte[], byte[]> record) {
    ReadRecord<EdgeStatus> read;
    while (true) {
      try {
        read = ReadRecord.of(deserializer, NAME, record.value());
        break;
      } catch (SchemaRegistryException unanswered) {
        failures
            .next()
            .ifPresent(_ -> LOG.warn("peer status feed waits reason={}", unanswered.getMessage()));
        if (thread.isStoppingWithin(RETRY_DELAY)) {
          return false;
        }
      }
    }
    switch (read) {
      case ReadRecord.Known<EdgeStatus>(EdgeStatus status) -> heard(record, status);
      case ReadRecord.Tombstone<EdgeStatus>() -> subject(record).ifPresent(this::forget);
      case ReadRecord.Foreign<EdgeStatus>(String reason) -> passOver(record, reason);
      case ReadRecord.Unknown<EdgeStatus>(String reason) -> passOver(record, reason);
    }
    return true;
  }

  private void heard(ConsumerRecord<byte[], byte[]> record, EdgeStatus status) {
    if (!Arrays.equals(
        record.key(), KnownPeers.key(status.group(), status.edge()).getBytes(UTF_8))) {
      passOver(record, "the key is not that of the status");
      return;
    }
    switch (known.heard(status)) {
      case KnownPeers.Heard.Current() -> {}
      case KnownPeers.Heard.Opened(Optional<String> before) ->
          before.ifPresent(
              overtaken -> listener.overtaken(status.group(), status.edge(), overtaken));
      case KnownPeers.Heard.Late(String current) -> {
        listener.contested(status.group(), status.edge(), current);
        listener.contested(status.group(), status.edge(), status.connectionId());
      }
    }
  }

  private record Subject(GroupId group, EdgeId edge) {}

  private void forget(Subject gone) {
    known.forget(gone.group(), gone.edge());
  }

  /** Empty for a key that is not ours. */
  private Optional<Subject> subject(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), UTF_8);
    int slash = key.indexOf('/');
    try {
      return Optional.of(
          new Subject(
              new GroupId(key.substring(0, Math.max(0, slash))),
              new EdgeId(key.substring(slash + 1))));
    } catch (IllegalArgumentException notOurs) {
      passOver(record, notOurs.getMessage());
      return Optional.empty();
    }
  }

  private void passOver(ConsumerRecord<byte[], byte[]> record, String reason) {
    metrics.passedOver(NAME);
    foreign
        .next()
        .ifPresent(
            leftOut ->
                LOG.warn(
                    "status passed over topic={} partition={} offset={} not_logged={} reason={}",
                    NAME,
                    record.partition(),
                    record.offset(),
                    leftOut,
                    PlainText.of(reason, MAX_REASON_LENGTH)));
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
