package io.linkwright.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker in a process of its own that ends as {@code kill -9} ends it, once it has a topic. */
final class KilledBroker {
  static final String TOPIC = "before-the-kill";
  private static final int HALTED = 9;

  private KilledBroker() {}

  /** Starts it on this directory and waits for its end. */
  static void runOn(Path directory) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledBroker.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != HALTED) {
      throw new AssertionError("the broker ended with " + process.exitValue());
    }
  }

  /** {@code halt} runs no shutdown hooks: what is not on disk is not written any more. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(Path.of(arguments[0]), 0));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
