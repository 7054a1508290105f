package io.linkwright.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the registration that a killed broker has left behind, with the controller alone and before
 * the next broker starts.
 *
 * <p>Two things follow from it. The next start need not wait for the session of the former broker
 * to time out, so that the timeout can be as long as a starved machine needs. And no broker reads
 * metadata in which it still leads everything: it would load its group coordinators, lose its
 * partitions a moment later, and load them again. Kafka 4.3.1 does not tell the two loads of one
 * coordinator apart: the end of the first makes the second count as complete. What is half loaded
 * is "out of sync with the underlying log" at the first write, is loaded again, and the end of the
 * load before makes that one count too soon, over and over (decision 0038).
 *
 * <p>Owned by the thread that starts the broker.
 */
final class FormerRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(FormerRegistration.class);

  /** What a broker leaves that ended in order; it is removed at the next start. */
  private static final String ENDED_IN_ORDER = ".kafka_cleanshutdown";

  /** A controller that does not answer within this time will not. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private FormerRegistration() {}

  /** Whether a broker was here and did not end in order. */
  static boolean isLeftIn(Path dataDirectory) {
    return Files.exists(dataDirectory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))
        && !Files.exists(dataDirectory.resolve(ENDED_IN_ORDER));
  }

  /**
   * Runs the controller for as long as it takes.
   *
   * @param controller configuration of a node that is nothing but a controller
   * @param address where it listens
   * @throws EmbeddedKafkaException if the controller does not answer
   */
  static void end(int brokerId, Properties controller, String address) {
    long startNanos = System.nanoTime();
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(controller, false), Time.SYSTEM);
    try {
      server.startup();
      unregister(brokerId, address);
    } finally {
      server.shutdown();
      server.awaitShutdown();
    }
    LOG.info(
        "registration of the former broker is ended elapsed_ms={}",
        Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
  }

  private static void unregister(int brokerId, String address) {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG,
            address,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Math.toIntExact(ANSWER_LIMIT.toMillis()));
    long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
    try (Admin admin = Admin.create(settings)) {
      while (!isUnregistered(admin, brokerId)) {
        if (System.nanoTime() - deadline > 0) {
          throw failed(new TimeoutException("no answer within " + ANSWER_LIMIT));
        }
        Thread.sleep(ASK_AGAIN);
      }
    } catch (TimeoutException late) {
      throw failed(late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed(interrupted);
    }
  }

  /** False while the controller has not read its metadata and cannot know. */
  private static boolean isUnregistered(Admin admin, int brokerId)
      throws InterruptedException, TimeoutException {
    try {
      admin.unregisterBroker(brokerId).all().get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException refused) {
      return switch (refused.getCause()) {
        case BrokerIdNotRegisteredException _ -> true;
        case UnsupportedVersionException _ -> false;
        case Throwable other -> throw failed(other);
      };
    }
  }

  private static EmbeddedKafkaException failed(Throwable cause) {
    return new EmbeddedKafkaException(
        "the registration of the former broker cannot be ended: " + cause, cause);
  }
}
