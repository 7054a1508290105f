package io.linkwright.standalone.run;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How Kafka clients are set up that share a process with their broker. On a cluster a short timeout
 * finds another broker or another instance sooner. Here there is no other: whoever gives up has to
 * begin again, against the same broker on the same starved machine. So clients wait as long as the
 * broker may need. A process that was killed is not waited for: it comes back under its own ids.
 */
final class LocalClients {
  /** Kafka Streams' own; it hands the others on to its clients. */
  private static final String STREAMS_TASK_TIMEOUT = "task.timeout.ms";

  /** Without a heartbeat for this long a member has lost its partitions, to nobody. */
  private static final Duration SESSION = Duration.ofMinutes(2);

  /** A stream thread may take this long for what one poll has brought. */
  private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(30);

  /** A request sent again is worked on twice. */
  private static final Duration REQUEST = Duration.ofMinutes(1);

  /** A transaction that is not finished by then is ended by the broker. */
  private static final Duration TRANSACTION = Duration.ofMinutes(2);

  /** A call that may ask more than once. */
  private static final Duration CALL = Duration.ofMinutes(2);

  /** A stream's task is tried again this long before its thread is replaced. */
  private static final Duration TASK = Duration.ofMinutes(30);

  /** For the configuration of each service. */
  static final Map<String, String> SETTINGS =
      milliseconds(
          Map.of(
              ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
              SESSION,
              ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
              MAX_POLL_INTERVAL,
              CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
              REQUEST,
              CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
              CALL,
              ProducerConfig.MAX_BLOCK_MS_CONFIG,
              CALL,
              ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
              CALL,
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              TRANSACTION,
              STREAMS_TASK_TIMEOUT,
              TASK));

  private LocalClients() {}

  private static Map<String, String> milliseconds(Map<String, Duration> timeouts) {
    return timeouts.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> Long.toString(entry.getValue().toMillis())));
  }
}
