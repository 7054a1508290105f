package io.linkwright.pusher.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.schemas.ClientSettings;
import io.linkwright.schemas.KafkaFault;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes to {@code linkwright.edge-status}. Owned by the outbox's thread. */
public final class StatusTopic implements StatusWriter {
  private static final String NAME = LinkwrightTopics.EDGE_STATUS.name();
  private static final String CLIENT_ID = "linkwright-pusher-status";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final int LINGER_MS = 5;

  /** How long the outbox may hang at a broker that does not answer. */
  private static final int MAX_BLOCK_MS = 5_000;

  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final int DELIVERY_TIMEOUT_MS = 30_000;

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Serializer<EdgeStatus> serializer;

  /** Whether the producer has failed so that it may not work any more. Any thread. */
  private final AtomicBoolean broken = new AtomicBoolean();

  private Producer<byte[], byte[]> producer;

  private StatusTopic(
      Supplier<Producer<byte[], byte[]>> producers, Serializer<EdgeStatus> serializer) {
    this.producers = producers;
    this.serializer = serializer;
    this.producer = producers.get();
  }

  /**
   * Makes the producer.
   *
   * @param settings {@code bootstrap.servers} and what else reaches the cluster
   */
  public static StatusTopic open(Map<String, String> settings, Serializer<EdgeStatus> serializer) {
    Map<String, Object> config = ClientSettings.with(settings);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A broker that has just become leader takes any first sequence number: with more in flight,
    // a later batch may be taken first, and the earlier ones are refused until they expire.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LinkwrightTopics.MAX_EDGE_STATUS_BYTES);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    return new StatusTopic(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
        serializer);
  }

  @Override
  public void write(EdgeStatus status, Consumer<Optional<Exception>> done) {
    renewIfBroken();
    try {
      int partition = Partitioning.ofGroup(status.group(), producer.partitionsFor(NAME).size());
      byte[] key = KnownPeers.key(status.group(), status.edge()).getBytes(UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(NAME, partition, key, serializer.serialize(NAME, status));
      // The callback tells what the future would.
      Future<RecordMetadata> _ =
          producer.send(
              record,
              (_, failure) -> {
                note(failure);
                done.accept(Optional.ofNullable(failure));
              });
    } catch (KafkaException refused) {
      note(refused);
      throw refused;
    }
  }

  /**
   * All failures are passing: Kafka, rights and the registry come back. A producer that has failed
   * with anything but a delay is not to be trusted again: the next one starts afresh.
   */
  private void note(Exception failure) {
    if (failure != null && KafkaFault.of(failure) != KafkaFault.DELAY) {
      broken.set(true);
    }
  }

  private void renewIfBroken() {
    if (broken.getAndSet(false)) {
      producer.close(Duration.ZERO);
      producer = producers.get();
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
