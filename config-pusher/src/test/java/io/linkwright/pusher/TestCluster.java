package io.linkwright.pusher;

import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real broker with Linkwright's topics, and a controller that writes to them. */
final class TestCluster implements AutoCloseable {
  static final int PARTITIONS = 3;

  private final EmbeddedKafka kafka;
  private TestController controller;

  TestCluster(Path dataDir) {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(dataDir, 0));
    try (Admin admin = admin()) {
      LinkwrightTopics.ensure(admin, new TopicLayout(PARTITIONS, (short) 1, 1));
    }
    controller = new TestController(kafka.bootstrapServers(), PARTITIONS);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  TestController controller() {
    return controller;
  }

  /** Deletes {@code linkwright.edge-config} and makes it anew, empty. */
  void remakeEdgeConfig() throws Exception {
    String name = LinkwrightTopics.EDGE_CONFIG.name();
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
      admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1))).all().get();
    }
    controller.close();
    controller = new TestController(kafka.bootstrapServers(), PARTITIONS);
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @Override
  public void close() {
    controller.close();
    kafka.close();
  }
}
