package io.linkwright.bench;

import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What Kafka alone costs on this machine: the records that links make, with nothing but their
 * bytes, one transaction a change, read by two consumers. No control plane on Kafka can be faster.
 * Used by one thread.
 */
final class KafkaFloor implements AutoCloseable {
  private static final String TOPIC_PREFIX = "bench-floor-";
  private static final int LINGER_MS = 1_000;
  private static final int BATCH_BYTES = 512 * 1024;
  private static final int RETRY_BACKOFF_MS = 2;
  private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(30);

  private final LinkRecords sample;
  private final KafkaProducer<byte[], byte[]> producer;
  private final BothEnds<Long> arrivals = new BothEnds<>();
  private final List<FloorConsumer> consumers;
  private final int partitions;
  private long nextChange;

  /** Makes topics of its own, configured as Linkwright's. */
  KafkaFloor(String bootstrapServers, LinkRecords sample, int partitions)
      throws InterruptedException {
    this.sample = sample;
    this.partitions = partitions;
    createTopics(bootstrapServers, partitions);
    producer = producer(bootstrapServers);
    producer.initTransactions();
    String topic = topic(LinkwrightTopics.EDGE_CONFIG);
    consumers =
        List.of(
            new FloorConsumer(bootstrapServers, topic, 0, arrivals),
            new FloorConsumer(bootstrapServers, topic, 1, arrivals));
  }

  /** Times from when a change was due until both consumers have it, one transaction a change. */
  Latencies latencies(int perSecond, WarmUp warmUp, Duration measured)
      throws IOException, InterruptedException {
    warmUp.run(duration -> transactions(1, duration));
    Pacer pacer = new Pacer(perSecond);
    arrivals.restart();
    pacer.run(measured, 0, (_, dueNanos) -> transaction(1, dueNanos));
    requireAllArrived();
    return arrivals.restart();
  }

  /** Changes a second, as fast as one producer commits transactions of {@code size} changes. */
  double changesPerSecond(int size, WarmUp warmUp, Duration measured)
      throws IOException, InterruptedException {
    warmUp.run(duration -> transactions(size, duration));
    long startNanos = System.nanoTime();
    long changes = transactions(size, measured);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return changes / seconds;
  }

  @Override
  public void close() {
    producer.close();
    consumers.forEach(FloorConsumer::close);
  }

  private long transactions(int size, Duration duration) throws InterruptedException {
    long endNanos = System.nanoTime() + duration.toNanos();
    long changes = 0;
    while (System.nanoTime() < endNanos) {
      transaction(size, System.nanoTime());
      changes += size;
    }
    requireAllArrived();
    return changes;
  }

  private void transaction(int size, long dueNanos) {
    producer.beginTransaction();
    for (int i = 0; i < size; i++) {
      long change = nextChange++;
      arrivals.expect(change, dueNanos);
      send(copy(LinkwrightTopics.EVENTS, sample.event(), change, 0));
      for (int end = 0; end < sample.configurations().size(); end++) {
        send(copy(LinkwrightTopics.EDGE_CONFIG, sample.configurations().get(end), change, end));
      }
    }
    producer.flush();
    producer.commitTransaction();
  }

  /** A failure comes out at the commit. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ = producer.send(record);
  }

  /** As large as the real one; its first bytes say which it is. */
  private ProducerRecord<byte[], byte[]> copy(
      TopicDescriptor topic, ConsumerRecord<byte[], byte[]> record, long change, int end) {
    byte[] value = record.value().clone();
    ByteBuffer.wrap(value).putLong(change).put((byte) end);
    int partition =
        topic.equals(LinkwrightTopics.EVENTS)
            ? record.partition()
            : (int) ((change * sample.configurations().size() + end) % partitions);
    return new ProducerRecord<>(topic(topic), partition, record.key(), value, record.headers());
  }

  private void requireAllArrived() throws InterruptedException {
    int missing = arrivals.awaitAll(ARRIVAL_TIMEOUT);
    if (missing > 0) {
      throw new IllegalStateException("%d raw changes never arrived".formatted(missing));
    }
  }

  private static void createTopics(String bootstrapServers, int partitions)
      throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      List<NewTopic> topics =
          List.of(LinkwrightTopics.EVENTS, LinkwrightTopics.EDGE_CONFIG).stream()
              .map(like -> new NewTopic(topic(like), partitions, (short) 1).configs(like.configs()))
              .toList();
      admin.createTopics(topics).all().get(ADMIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException refused) {
      throw new IllegalStateException("the floor's topics cannot be made", refused);
    }
  }

  /**
   * Set up as command-service's writer: a transaction leaves in one request, and one that the
   * broker turns away because the markers of the last are still being written comes back at once.
   */
  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "bench-floor",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MS,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH_BYTES,
            ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
            RETRY_BACKOFF_MS),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static String topic(TopicDescriptor like) {
    return TOPIC_PREFIX + like.name();
  }
}
