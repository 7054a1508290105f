package io.linkwright.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import io.linkwright.schemas.LinkwrightTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** The words of a log stand for its events. */
final class MembershipWatchTest {
  private static final TopicPartition PARTITION =
      new TopicPartition(LinkwrightTopics.EVENTS.name(), 0);
  private static final GroupId GROUP = new GroupId("west");

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void whatIsNoEventOfOursIsPassedOver() throws Exception {
    try (MembershipWatch _ =
        watch(List.of(List.of("create", "add denver", "strange", "add omaha", "remove denver")))) {
      assertThat(next()).isEqualTo("present omaha");
    }
  }

  @Test
  void aFailureBeginsTheWatchAnewAndTellsWhatHasGoneSince() throws Exception {
    try (MembershipWatch _ =
        watch(
            List.of(
                List.of("create", "add denver", "add omaha"),
                List.of("create", "add denver", "remove denver", "add omaha")))) {
      assertThat(next()).isEqualTo("present denver");
      assertThat(next()).isEqualTo("present omaha");
      assertThat(next()).isEqualTo("gone denver");
      assertThat(next()).isEqualTo("present omaha");
    }
  }

  private String next() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  /** Each consumer reads its log and fails then; the last one goes on. */
  private MembershipWatch watch(List<List<String>> logs) {
    Iterator<List<String>> next = logs.iterator();
    return new MembershipWatch(
        () -> {
          List<String> log = next.next();
          return consumer(log, next.hasNext());
        },
        (_, value) -> event(new String(value, UTF_8)),
        new MembershipWatch.Listener() {
          @Override
          public void present(GroupId group, TunnelProtocol protocol, Member member) {
            told.add("present " + member.edge());
          }

          @Override
          public void gone(GroupId group, EdgeId edge) {
            told.add("gone " + edge);
          }
        });
  }

  private static Consumer<String, byte[]> consumer(List<String> log, boolean fails) {
    MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions(
        PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) log.size()));
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (String word : log) {
      records.add(
          new ConsumerRecord<>(
              PARTITION.topic(), 0, records.size(), GROUP.value(), word.getBytes(UTF_8)));
    }
    consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    if (fails) {
      consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("away")));
    }
    return consumer;
  }

  private static RecordedEvent event(String words) {
    String[] parts = words.split(" ", -1);
    GroupEvent payload =
        switch (parts[0]) {
          case "create" ->
              new GroupEvent.GroupCreated(
                  new GroupSettings(
                      GROUP,
                      "West",
                      Topology.PARTIAL_MESH,
                      TunnelProtocol.WIREGUARD,
                      false,
                      Optional.empty(),
                      GroupSettings.DEFAULT_ADDRESS_POOL));
          case "add" -> new GroupEvent.MemberAdded(member(parts[1]));
          case "remove" -> new GroupEvent.MemberRemoved(new EdgeId(parts[1]));
          default -> throw new SerializationException("no event of ours");
        };
    return new RecordedEvent(UUID.randomUUID(), GROUP, 1, Instant.EPOCH, "test", "test", payload);
  }

  private static Member member(String edge) {
    return new Member(
        new EdgeId(edge),
        edge,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
