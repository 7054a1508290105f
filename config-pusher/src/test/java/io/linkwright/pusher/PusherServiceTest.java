package io.linkwright.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.DistributionSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pusher between a real broker and real WebSockets. */
class PusherServiceTest {
  private static TestCluster cluster;

  @TempDir private Path stateDir;
  private Members members;
  private RunningPusher pusher;

  @BeforeAll
  static void startBroker(@TempDir Path dataDir) {
    cluster = new TestCluster(dataDir);
  }

  @AfterAll
  static void stopBroker() {
    cluster.close();
  }

  @BeforeEach
  void startPusher() throws Exception {
    members = Members.enrolledBy(cluster.controller());
    pusher = new RunningPusher(cluster.bootstrapServers(), stateDir);
  }

  @AfterEach
  void stopPusher() {
    pusher.close();
  }

  @Test
  void deliversACommittedChangeToBothEndsAndNobodyElse() throws Exception {
    TestEdge atDenver = pusher.upToDate(members.denver());
    TestEdge atSeattle = pusher.upToDate(members.seattle());
    TestEdge atHouston = pusher.upToDate(members.houston());

    cluster.controller().link(members.group(), members.link());

    for (TestEdge end : List.of(atDenver, atSeattle)) {
      Config config = end.nextConfig();
      assertThat(config.set()).extracting("link").containsExactly(members.link());
      assertThat(config.revision()).isEqualTo(cluster.controller().revision());
      end.ack(config);
    }
    assertThat(atHouston.isQuiet(100)).isTrue();
    DistributionSummary notified =
        pusher.metrics().get("linkwright.pusher.edges.notified").summary();
    RunningPusher.await("counted", () -> notified.count() == 1);
    assertThat(notified.max()).isEqualTo(2);
  }

  @Test
  void deliversNothingOfAnAbortedTransaction() throws Exception {
    TestEdge atDenver = pusher.upToDate(members.denver());

    cluster.controller().prepareLink(members.group(), members.link());
    cluster.controller().abort();
    cluster.controller().prepareLink(members.group(), members.otherLink());
    assertThat(atDenver.isQuiet(100)).isTrue();
    cluster.controller().commit();

    assertThat(atDenver.nextConfig().set()).extracting("link").containsExactly(members.otherLink());
  }

  @Test
  void deliversEveryChangeOfABusyLinkToBothEndsInOrder() throws Exception {
    int changes = 100;
    TestEdge atDenver = pusher.upToDate(members.denver());
    TestEdge atSeattle = pusher.upToDate(members.seattle());

    for (int change = 0; change < changes; change++) {
      cluster.controller().link(members.group(), members.link());

      for (TestEdge end : List.of(atDenver, atSeattle)) {
        Config config = end.nextConfig();
        assertThat(config.revision()).isEqualTo(cluster.controller().revision());
        end.ack(config);
      }
    }
  }

  @Test
  void writesStatusAsItChanges() throws Exception {
    TestEdge atDenver = pusher.upToDate(members.denver());
    cluster.controller().link(members.group(), members.link());
    atDenver.ack(atDenver.nextConfig());
    awaitStatus(members.denver(), true, cluster.controller().revision());

    atDenver.close();

    awaitStatus(members.denver(), false, cluster.controller().revision());
  }

  @Test
  void leadsALinkToNewKeysWhoseEndsAreAtDifferentPushers(@TempDir Path otherStateDir)
      throws Exception {
    TestEdge atDenver = pusher.upToDate(members.denver());
    try (RunningPusher other = new RunningPusher(cluster.bootstrapServers(), otherStateDir)) {
      TestEdge atSeattle = other.upToDate(members.seattle());
      cluster.controller().link(members.group(), members.link());
      long former = cluster.controller().revision();
      atDenver.ack(atDenver.nextConfig());
      atSeattle.ack(atSeattle.nextConfig());
      cluster.controller().link(members.group(), members.link());
      long newest = cluster.controller().revision();

      acknowledge(atDenver, former);
      assertThat(atDenver.isQuiet(1_500)).as("waits for the peer").isTrue();
      acknowledge(atSeattle, former);

      for (TestEdge end : List.of(atDenver, atSeattle)) {
        ChangeOver step = (ChangeOver) end.next().message();
        assertThat(step.switchOver()).isEqualTo(Map.of(members.link(), newest));
        assertThat(step.retire()).isEmpty();
        end.send(
            new EdgeMessage.Status(
                members.group(),
                List.of(),
                List.of(new KeyChange(members.link(), newest, newest))));
      }
      for (TestEdge end : List.of(atDenver, atSeattle)) {
        ChangeOver step = (ChangeOver) end.next().message();
        assertThat(step.switchOver()).isEmpty();
        assertThat(step.retire()).isEqualTo(Map.of(members.link(), newest));
      }
    }
  }

  /** Takes the link's new keys over and sends with the former ones for now. */
  private void acknowledge(TestEdge edge, long former) throws InterruptedException {
    Config config = edge.nextConfig();
    edge.send(
        new EdgeMessage.Ack(
            config.nonce(),
            config.group(),
            config.revision(),
            new TreeMap<>(Map.of(members.link(), former))));
  }

  private void awaitStatus(EdgeId edge, boolean connected, long acknowledgedRevision)
      throws InterruptedException {
    String topic = LinkwrightTopics.EDGE_STATUS.name();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", cluster.bootstrapServers(), "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        partitions.add(new TopicPartition(topic, partition));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<EdgeStatus> seen = new ArrayList<>();
      RunningPusher.await(
          "status of " + edge,
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
              seen.add(
                  WireFormat.bundled()
                      .edgeStatuses()
                      .deserializer()
                      .deserialize(topic, record.value()));
            }
            return seen.stream()
                .filter(
                    status -> status.group().equals(members.group()) && status.edge().equals(edge))
                .reduce((_, last) -> last)
                .filter(status -> status.connected() == connected)
                .filter(status -> status.acknowledgedRevision() == acknowledgedRevision)
                .isPresent();
          });
    }
  }
}
