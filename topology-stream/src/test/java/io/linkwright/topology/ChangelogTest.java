package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changelog that an earlier build has made. */
@Tag("broker")
final class ChangelogTest {
  private static final ConfigResource RESOURCE =
      new ConfigResource(ConfigResource.Type.TOPIC, Changelog.NAME);

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private Admin admin;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void itsSettingsAreMended() throws Exception {
    NewTopic former =
        new NewTopic(Changelog.NAME, 2, (short) 1)
            .configs(
                Map.of(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    "1000000",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT));
    admin.createTopics(List.of(former)).all().get();

    // More copies must have a record than there are: nothing could be written.
    new Changelog(admin, new LogDurability(3, 2)).mend();

    Cluster.await(() -> value(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).equals(largest()));
    TopologyStream.CHANGELOG.forEach((key, wanted) -> assertThat(value(key)).isEqualTo(wanted));
    assertThat(value(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)).isEqualTo("1");
    assertThat(value(TopicConfig.CLEANUP_POLICY_CONFIG))
        .isEqualTo(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  @Test
  void oneThatIsNotThereYetIsNotMade() throws Exception {
    new Changelog(admin, new LogDurability(1, 1)).mend();

    assertThat(admin.listTopics().names().get()).doesNotContain(Changelog.NAME);
  }

  @Test
  void fewerCopiesThanTheLogHasAreTold() {
    LogDurability log = new LogDurability(3, 2);

    assertThat(Changelog.doubt(topic(3, 3), log)).isEmpty();
    assertThat(Changelog.doubt(topic(3, 1), log).orElseThrow())
        .contains("kafka-reassign-partitions.sh", "copies=1 log_copies=3");
    assertThat(Changelog.doubt(topic(1, 1), new LogDurability(1, 1))).isEmpty();
  }

  private static String largest() {
    return TopologyStream.CHANGELOG.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
  }

  private String value(String key) {
    Config config =
        admin
            .describeConfigs(List.of(RESOURCE))
            .values()
            .get(RESOURCE)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return config.get(key).value();
  }

  /** Of partitions that have so many copies. */
  private static TopicDescription topic(int... copies) {
    return new TopicDescription(
        Changelog.NAME,
        false,
        IntStream.range(0, copies.length)
            .mapToObj(
                partition ->
                    new TopicPartitionInfo(
                        partition, node(0), nodes(copies[partition]), nodes(copies[partition])))
            .toList());
  }

  private static List<Node> nodes(int count) {
    return IntStream.range(0, count).mapToObj(ChangelogTest::node).toList();
  }

  private static Node node(int id) {
    return new Node(id, "localhost", 9092);
  }
}
