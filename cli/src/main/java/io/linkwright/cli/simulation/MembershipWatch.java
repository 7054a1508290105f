package io.linkwright.cli.simulation;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupEvent;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.Member;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the log from its beginning and tells who is a member of what. What the log says of the past
 * is told as it stands at its end; from then on every change is told as it comes. One thread of its
 * own reads and tells.
 */
final class MembershipWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaConsumer<String, RecordedEvent> consumer;
  private final Listener listener;
  private final Thread thread;
  private final Map<GroupId, TunnelProtocol> protocols = new HashMap<>();

  /** Members as of the past, until the end of the log is reached. */
  private final Map<Membership, Member> past = new LinkedHashMap<>();

  private boolean live;

  /** An edge in a group. */
  record Membership(GroupId group, EdgeId edge) {}

  /** Told on the watch's thread, so it must not block. */
  interface Listener {
    /** There is this member, or it changed. */
    void present(GroupId group, TunnelProtocol protocol, Member member);

    /** It is no member any more. */
    void gone(GroupId group, EdgeId edge);
  }

  MembershipWatch(String bootstrapServers, WireFormat wire, Listener listener) {
    this.listener = listener;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            wire.events().deserializer());
    this.thread = Thread.ofPlatform().daemon().name("simulated-edges-watch").start(this::read);
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(CLOSE_TIMEOUT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(LinkwrightTopics.EVENTS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (true) {
        for (ConsumerRecord<String, RecordedEvent> record : consumer.poll(POLL)) {
          apply(record.value());
        }
        if (!live && ends.entrySet().stream().allMatch(this::isReached)) {
          goLive();
        }
      }
    } catch (WakeupException closing) {
      // close() wakes the consumer up: the thread ends here.
    }
  }

  private boolean isReached(Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  private void goLive() {
    live = true;
    past.forEach(
        (membership, member) ->
            listener.present(membership.group(), protocols.get(membership.group()), member));
    past.clear();
  }

  private void apply(RecordedEvent event) {
    GroupId group = event.group();
    switch (event.payload()) {
      case GroupEvent.GroupCreated created ->
          protocols.put(group, created.settings().tunnelProtocol());
      case GroupEvent.GroupDeleted deleted -> protocols.remove(group);
      case GroupEvent.MemberAdded added -> present(group, added.member());
      case GroupEvent.MemberChanged changed -> present(group, changed.member());
      case GroupEvent.MemberRevoked revoked -> gone(group, revoked.member().edge());
      case GroupEvent.MemberRemoved removed -> gone(group, removed.edge());
      case GroupEvent.GroupChanged changed -> {
        // A group's tunnel protocol never changes.
      }
      case GroupEvent.LinkAdded link -> {
        // Links are the edges' business, not ours.
      }
      case GroupEvent.LinkChanged link -> {
        // Likewise.
      }
      case GroupEvent.LinkSuspended link -> {
        // Likewise.
      }
      case GroupEvent.LinkRemoved link -> {
        // Likewise.
      }
      case GroupEvent.GroupRecovered recovered -> {
        // The members that have keys follow.
      }
    }
  }

  private void present(GroupId group, Member member) {
    if (live) {
      listener.present(group, protocols.get(group), member);
    } else {
      past.put(new Membership(group, member.edge()), member);
    }
  }

  private void gone(GroupId group, EdgeId edge) {
    if (live) {
      listener.gone(group, edge);
    } else {
      past.remove(new Membership(group, edge));
    }
  }
}
