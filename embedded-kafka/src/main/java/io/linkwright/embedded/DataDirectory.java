package io.linkwright.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * The directory of one broker, held by a lock that ends with the process. Kafka takes a lock of its
 * own, but only after its controller has begun to write here.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK_FILE = "embedded-kafka.lock";

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes and locks the directory.
   *
   * @throws EmbeddedKafkaException if it is in use or cannot be written
   */
  static DataDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel).isEmpty()) {
        channel.close();
        throw new EmbeddedKafkaException(
            "data directory %s is in use by another broker".formatted(path), null);
      }
      return new DataDirectory(path, channel);
    } catch (IOException failed) {
      throw new EmbeddedKafkaException(
          "data directory %s cannot be used: %s".formatted(path, failed.getMessage()), failed);
    }
  }

  /** Writes the broker's identity and the first metadata, unless an earlier start has. */
  void formatIfNew(int nodeId, String controllerListener) {
    if (Files.exists(path.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setNodeId(nodeId)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(controllerListener)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .addDirectory(path.toString())
          .setMetadataLogDirectory(path.toString())
          .setPrintStream(silent)
          .run();
    } catch (Exception failed) {
      throw new EmbeddedKafkaException(
          "data directory %s cannot be formatted: %s".formatted(path, failed.getMessage()), failed);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw new EmbeddedKafkaException(
          "data directory %s cannot be released".formatted(path), failed);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException heldInThisProcess) {
      return Optional.empty();
    }
  }
}
