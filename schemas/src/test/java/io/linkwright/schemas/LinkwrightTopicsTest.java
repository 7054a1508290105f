package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class LinkwrightTopicsTest {
  private static final TopicLayout LAYOUT = new TopicLayout(2, (short) 1, 1);

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static EmbeddedKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    kafka.close();
  }

  @BeforeEach
  void createTopics() {
    LinkwrightTopics.ensure(admin, LAYOUT);
  }

  @AfterEach
  void deleteTopics() throws Exception {
    admin.deleteTopics(names()).all().get();
    await(() -> admin.listTopics().names().get().isEmpty());
  }

  @Test
  void topicsAreMadeAsDescribed() throws Exception {
    var descriptions = admin.describeTopics(names()).allTopicNames().get();

    assertThat(descriptions.keySet())
        .isEqualTo(
            Set.of(
                "linkwright.events",
                "linkwright.edge-config",
                "linkwright.edge-status",
                "linkwright.topology"));
    assertThat(descriptions.values())
        .allMatch(topic -> topic.partitions().size() == LAYOUT.partitions());
    assertThat(configured(LinkwrightTopics.EVENTS, "retention.ms")).isEqualTo("-1");
    assertThat(configured(LinkwrightTopics.EVENTS, "cleanup.policy")).isEqualTo("delete");
    assertThat(configured(LinkwrightTopics.EDGE_CONFIG, "cleanup.policy")).isEqualTo("compact");
    assertThat(configured(LinkwrightTopics.EDGE_CONFIG, "delete.retention.ms"))
        .isEqualTo("2592000000");
    assertThat(configured(LinkwrightTopics.EDGE_STATUS, "cleanup.policy")).isEqualTo("compact");
    assertThat(configured(LinkwrightTopics.TOPOLOGY, "retention.ms")).isEqualTo("2592000000");
    assertThat(configured(LinkwrightTopics.EVENTS, "min.insync.replicas")).isEqualTo("1");
  }

  @Test
  void topicsThatExistAreLeftAsTheyAre() throws Exception {
    configure(LinkwrightTopics.TOPOLOGY, "retention.ms", "1000");

    LinkwrightTopics.ensure(admin, LAYOUT);

    assertThat(configured(LinkwrightTopics.TOPOLOGY, "retention.ms")).isEqualTo("1000");
  }

  @Test
  void aLimitOfAnEarlierReleaseIsRefusedUntilTheTopicIsCreatedAgain() throws Exception {
    String largest = Integer.toString(LinkwrightTopics.MAX_EDGE_STATUS_BYTES);
    configure(LinkwrightTopics.EDGE_STATUS, "max.message.bytes", "1048588");

    assertThatThrownBy(() -> LinkwrightTopics.check(admin))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.edge-status has max.message.bytes=1048588")
        .hasMessageContaining("--create-topics")
        .hasMessageContaining("--add-config max.message.bytes=" + largest);

    LinkwrightTopics.ensure(admin, LAYOUT);

    await(() -> configured(LinkwrightTopics.EDGE_STATUS, "max.message.bytes").equals(largest));
    assertThat(LinkwrightTopics.check(admin)).isEmpty();
  }

  @Test
  void aHigherLimitIsLeftAsItIs() throws Exception {
    configure(LinkwrightTopics.EDGE_STATUS, "max.message.bytes", "16777216");

    LinkwrightTopics.ensure(admin, LAYOUT);

    assertThat(configured(LinkwrightTopics.EDGE_STATUS, "max.message.bytes")).isEqualTo("16777216");
  }

  @Test
  void aLogThatExistsSaysHowManyPartitionsItHas() throws Exception {
    Optional<Integer> existing = LinkwrightTopics.partitions(admin);
    deleteTopics();
    Optional<Integer> none = LinkwrightTopics.partitions(admin);
    createTopics();

    assertThat(existing).contains(LAYOUT.partitions());
    assertThat(none).isEmpty();
  }

  @Test
  void anotherNumberOfPartitionsIsRefused() throws Exception {
    admin.createPartitions(Map.of("linkwright.events", NewPartitions.increaseTo(3))).all().get();
    await(() -> partitions("linkwright.events") == 3);

    assertThatThrownBy(() -> LinkwrightTopics.ensure(admin, LAYOUT))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.events has 3 partitions instead of 2");
  }

  @Test
  void aLogThatForgetsIsRefused() throws Exception {
    configure(LinkwrightTopics.EVENTS, "retention.ms", "604800000");

    assertThatThrownBy(() -> LinkwrightTopics.ensure(admin, LAYOUT))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.events has retention.ms=604800000 instead of -1");
  }

  @Test
  void configurationThatExpiresIsRefused() throws Exception {
    configure(LinkwrightTopics.EDGE_CONFIG, "cleanup.policy", "delete");

    assertThatThrownBy(() -> LinkwrightTopics.ensure(admin, LAYOUT))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.edge-config has cleanup.policy=delete");
  }

  @Test
  void topicsAsTheyShouldBeRaiseNoDoubt() {
    assertThat(LinkwrightTopics.check(admin)).isEmpty();
  }

  @Test
  void aMissingTopicIsNamedWithWhatCreatesIt() throws Exception {
    deleteTopics();

    assertThatThrownBy(() -> LinkwrightTopics.check(admin))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.edge-status")
        .hasMessageContaining("--create-topics");

    createTopics();
  }

  @Test
  void partitionsThatWereAddedToOneTopicAreRefused() throws Exception {
    admin
        .createPartitions(Map.of("linkwright.edge-config", NewPartitions.increaseTo(3)))
        .all()
        .get();
    await(() -> partitions("linkwright.edge-config") == 3);

    assertThatThrownBy(() -> LinkwrightTopics.check(admin))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.edge-config has 3 partitions instead of 2");
  }

  /** The changelog still has as many as there were when the view was made. */
  @Test
  void partitionsThatWereAddedToAllTopicsAreRefused() throws Exception {
    NewTopic changelog =
        new NewTopic(LinkwrightTopics.VIEW_CHANGELOG, Optional.of(2), Optional.empty());
    admin.createTopics(List.of(changelog)).all().get();
    for (String topic : names()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
      await(() -> partitions(topic) == 3);
    }

    assertThatThrownBy(() -> LinkwrightTopics.check(admin))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("3 partitions instead of 2");

    admin.deleteTopics(List.of(LinkwrightTopics.VIEW_CHANGELOG)).all().get();
  }

  @Test
  void aLogOfLimitedSizeIsRefused() throws Exception {
    configure(LinkwrightTopics.EVENTS, "retention.bytes", "1000000");

    assertThatThrownBy(() -> LinkwrightTopics.check(admin))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("linkwright.events has retention.bytes=1000000 instead of -1");
  }

  @Test
  void tombstonesThatGoTooSoonAreToldAndNotRefused() throws Exception {
    configure(LinkwrightTopics.EDGE_CONFIG, "delete.retention.ms", "1000");

    assertThat(LinkwrightTopics.check(admin))
        .containsExactly(
            "topic linkwright.edge-config has delete.retention.ms=1000 instead of 2592000000");
  }

  @Test
  void aClusterOfThreeGetsThreeCopiesAndTwoThatMustHaveARecord() {
    assertThat(TopicLayout.ofCluster(3, 12)).isEqualTo(new TopicLayout(12, (short) 3, 2));
    assertThat(TopicLayout.ofCluster(1, 12)).isEqualTo(new TopicLayout(12, (short) 1, 1));
  }

  @Test
  void layoutsOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> new TopicLayout(0, (short) 1, 1))
        .hasMessage("partitions=0 is not within 1..1024");
    assertThatThrownBy(() -> new TopicLayout(12, (short) 2, 3))
        .hasMessage("minInsyncReplicas=3 is not within 1..2");
  }

  private static void configure(TopicDescriptor topic, String key, String value) throws Exception {
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(change))).all().get();
    await(() -> configured(topic, key).equals(value));
  }

  private static String configured(TopicDescriptor topic, String key) throws Exception {
    return admin
        .describeConfigs(List.of(resource(topic)))
        .all()
        .get()
        .get(resource(topic))
        .get(key)
        .value();
  }

  private static int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  /** The controller answers before the broker shows the change. */
  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private static ConfigResource resource(TopicDescriptor topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static List<String> names() {
    return LinkwrightTopics.all().stream().map(TopicDescriptor::name).toList();
  }
}
