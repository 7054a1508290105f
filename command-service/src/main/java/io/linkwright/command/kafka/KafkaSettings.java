package io.linkwright.command.kafka;

import io.linkwright.schemas.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How the service's Kafka clients are set up. Every wait has its bound here.
 *
 * @param client what every client needs, {@code bootstrap.servers} above all; may name security
 *     settings and other bounds for the waits below, and overrides nothing else
 */
public record KafkaSettings(Map<String, Object> client) {
  /**
   * Records wait for the writer's flush, so that a transaction leaves in as few requests as can be.
   * Without, the first record would leave alone and the rest in a request behind it.
   */
  private static final int LINGER_MS = 1_000;

  /**
   * The broker turns a transaction's first request away while the markers of the one before are
   * being written. A second request on its way behind it would arrive out of order.
   */
  private static final int MAX_IN_FLIGHT = 1;

  /** Some 200 link changes in one request. */
  private static final int BATCH_BYTES = 512 * 1024;

  /**
   * Records that wait to be sent. The largest command has some 100 MB of them; what does not fit
   * here waits in the writer's thread, so that no batch grows older than {@link #DELIVERY_TIMEOUT}
   * behind others as long as a broker takes 1 MB a second.
   */
  private static final long BUFFER_BYTES = 8L << 20;

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

  /** How soon a member hears that partitions are to be shared out anew. */
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  /** A record is sent within this time or the transaction aborts. */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(8);

  /** A claim or a commit is answered within this time, or its outcome is unknown. */
  private static final Duration MAX_BLOCK = Duration.ofSeconds(10);

  /**
   * The broker ends the transaction of a writer that has gone silent; longer than a writer may take
   * for a live one, so that it never ends that: the largest command leaves within it at 1 MB a
   * second. A writer that has died holds up readers no longer than until the next claim, which ends
   * its transaction at once.
   */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(2);

  /** The default of 100 ms would put a floor under the time that a commit can take. */
  private static final long RETRY_BACKOFF_MS = 2;

  private static final long RETRY_BACKOFF_MAX_MS = 500;

  private static final String CLAIM_GROUP = "linkwright-writer-claims";

  private static final int REPLAY_FETCH_BYTES = 8 << 20;
  private static final int REPLAY_POLL_RECORDS = 5_000;

  /** Copies the map. */
  public KafkaSettings {
    client = Map.copyOf(ClientSettings.with(client));
  }

  Map<String, Object> writer(int partition) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "linkwright-writer-" + partition);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "linkwright-writer-" + partition);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MAX_IN_FLIGHT);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds(REQUEST_TIMEOUT));
    settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, milliseconds(DELIVERY_TIMEOUT));
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
    settings.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, milliseconds(TRANSACTION_TIMEOUT));
    settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
    settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, RETRY_BACKOFF_MAX_MS);
    return settings;
  }

  /** Sees the end of all that was written, open transactions included. */
  Map<String, Object> replayEnd(int partition) {
    Map<String, Object> settings = replay(partition);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    return settings;
  }

  Map<String, Object> replay(int partition) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "linkwright-replay-" + partition);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, REPLAY_FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, REPLAY_POLL_RECORDS);
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds(MAX_BLOCK));
    return settings;
  }

  /** Reads the latest configuration records of any partition. */
  Map<String, Object> keyCheck() {
    Map<String, Object> settings = replay(0);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "linkwright-key-check");
    return settings;
  }

  Map<String, Object> claims() {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLAIM_GROUP);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, CLAIM_GROUP);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return settings;
  }

  /**
   * The member of the consumer group by which partitions are shared out. It reads nothing. The
   * classic protocol with a static id: an instance that comes back after a crash takes its own
   * partitions over at once, while the newer protocol (KIP-848) would hold a static member's id
   * until its session has timed out.
   */
  public Map<String, Object> membership(
      String groupId, String clientId, String instanceId, Duration sessionTimeout) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, milliseconds(sessionTimeout));
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, milliseconds(HEARTBEAT));
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return settings;
  }

  static Duration maxBlock() {
    return MAX_BLOCK;
  }

  private static int milliseconds(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
