package io.linkwright.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker with its controller in this JVM, on the loopback interface only. Its data outlives
 * it, also when the process is killed: the next start on the same directory goes on with all that
 * was acknowledged. Records are handed to the operating system at once and not forced to disk, so a
 * loss of power may lose the last ones.
 *
 * <p>A broken invariant inside the broker halts the process, as it does in a broker of its own.
 *
 * <p>{@link #close()} may be called from any thread, more than once.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final int NODE_ID = 1;
  private static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final DataDirectory dataDirectory;
  private final KafkaRaftServer server;
  private final int port;
  private boolean closed;

  private EmbeddedKafka(DataDirectory dataDirectory, KafkaRaftServer server, int port) {
    this.dataDirectory = dataDirectory;
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and returns when it answers.
   *
   * @throws EmbeddedKafkaException if the port is taken, the directory is in use, or its data is
   *     damaged
   */
  public static EmbeddedKafka start(EmbeddedKafkaConfig config) {
    DataDirectory dataDirectory = DataDirectory.open(config.dataDir());
    try (FormerListeners former = FormerListeners.hold(dataDirectory.path())) {
      if (FormerRegistration.isLeftIn(dataDirectory.path())) {
        endFormerRegistration(dataDirectory.path());
      }
      dataDirectory.formatIfNew(NODE_ID, CONTROLLER_LISTENER);
      int port = LoopbackPort.free(config.port());
      int internalPort = LoopbackPort.free(0);
      EmbeddedKafka kafka =
          new EmbeddedKafka(dataDirectory, server(dataDirectory.path(), port, internalPort), port);
      former.remember(internalPort);
      kafka.startUp();
      former.startedAt(internalPort);
      return kafka;
    } catch (EmbeddedKafkaException explained) {
      dataDirectory.close();
      throw explained;
    } catch (Exception failed) { // Scala does not declare what it throws.
      dataDirectory.close();
      throw new EmbeddedKafkaException(
          "the broker cannot start with its data in %s: %s"
              .formatted(config.dataDir(), failed.getMessage()),
          failed);
    }
  }

  /** Address for Kafka clients: {@code host:port}. */
  public String bootstrapServers() {
    return LoopbackPort.HOST + ":" + port;
  }

  /** Stops the broker; gives up waiting after 20 s. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Thread stopping =
        Thread.ofPlatform().daemon().name("embedded-kafka-stop").start(this::shutDown);
    try {
      if (!stopping.join(CLOSE_TIMEOUT)) {
        LOG.warn("broker did not stop timeout_s={}", CLOSE_TIMEOUT.toSeconds());
        return;
      }
      dataDirectory.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a failed start leaves running is stopped. */
  private void startUp() {
    boolean started = false;
    try {
      server.startup();
      started = true;
      LOG.info("broker started bootstrap={} dir={}", bootstrapServers(), dataDirectory.path());
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private void shutDown() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void endFormerRegistration(Path dataDir) {
    String controller = "%s:%d".formatted(LoopbackPort.HOST, LoopbackPort.free(0));
    Properties properties = nodeProperties(dataDir, controller);
    properties.setProperty("process.roles", "controller");
    properties.setProperty("listeners", CONTROLLER_LISTENER + "://" + controller);
    properties.remove("inter.broker.listener.name");
    FormerRegistration.end(NODE_ID, properties, controller);
  }

  private static KafkaRaftServer server(Path dataDir, int port, int internalPort) {
    String controller = "%s:%d".formatted(LoopbackPort.HOST, LoopbackPort.free(0));
    Properties properties = nodeProperties(dataDir, controller);
    String brokers =
        "PLAINTEXT://%s:%d,INTERNAL://%s:%d"
            .formatted(LoopbackPort.HOST, port, LoopbackPort.HOST, internalPort);
    properties.setProperty("listeners", brokers + "," + CONTROLLER_LISTENER + "://" + controller);
    properties.setProperty("advertised.listeners", brokers);
    return new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
  }

  private static Properties nodeProperties(Path dataDir, String controller) {
    Properties properties = brokerProperties();
    properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.setProperty("log.dirs", dataDir.toString());
    return properties;
  }

  private static Properties brokerProperties() {
    Properties properties = new Properties();
    try (InputStream file = EmbeddedKafka.class.getResourceAsStream("broker.properties")) {
      properties.load(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("broker.properties cannot be read", unreadable);
    }
    return properties;
  }
}
