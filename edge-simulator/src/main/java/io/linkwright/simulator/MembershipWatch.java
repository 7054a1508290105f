package io.linkwright.simulator;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from its beginning and tells who is a member of what. What the log says of the past
 * is told as it stands at its end; from then on every change is told as it comes. What is no event
 * of ours is passed over. When Kafka or the registry fails, it begins anew after a while, and tells
 * what has changed since: it ends only when it is closed. One thread of its own reads and tells.
 */
final class MembershipWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MembershipWatch.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Deserializer<RecordedEvent> events;
  private final Listener listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<Consumer<String, byte[]>> reading = new AtomicReference<>();
  private final Thread thread;
  private final Map<GroupId, TunnelProtocol> protocols = new HashMap<>();

  /** Members as of the past, until the end of the log is reached. */
  private final Map<Membership, Member> past = new LinkedHashMap<>();

  /** Members that the listener knows of; bounded by the members there are. */
  private final Set<Membership> told = new HashSet<>();

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
    this(
        () ->
            new KafkaConsumer<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer()),
        wire.events().deserializer(),
        listener);
  }

  MembershipWatch(
      Supplier<Consumer<String, byte[]>> consumers,
      Deserializer<RecordedEvent> events,
      Listener listener) {
    this.consumers = consumers;
    this.events = events;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("simulated-edges-watch").start(this::run);
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<String, byte[]> current = reading.get();
    if (current != null) {
      current.wakeup();
    }
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        LOG.warn("watch of members not closed within {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        reading.set(consumer);
        read(consumer);
      } catch (WakeupException closed) {
        // close() wakes the consumer up: the loop ends here.
      } catch (RuntimeException | Error failed) {
        LOG.warn("members not watched, again in {}: {}", PAUSE_AFTER_FAILURE, failed.toString());
        pause();
      }
    }
  }

  private void pause() {
    try {
      boolean _ = closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private void read(Consumer<String, byte[]> consumer) {
    live = false;
    past.clear();
    protocols.clear();
    List<TopicPartition> partitions =
        consumer.partitionsFor(LinkwrightTopics.EVENTS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (closing.getCount() > 0) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        read(record);
      }
      if (!live && ends.entrySet().stream().allMatch(end -> isReached(consumer, end))) {
        goLive();
      }
    }
  }

  /** A simulation is no judge of the log: what it does not understand concerns others. */
  private void read(ConsumerRecord<String, byte[]> record) {
    switch (ReadRecord.of(events, record.topic(), record.value())) {
      case ReadRecord.Known<RecordedEvent>(RecordedEvent event) -> apply(event);
      case ReadRecord.Tombstone<RecordedEvent> _,
          ReadRecord.Foreign<RecordedEvent> _,
          ReadRecord.Unknown<RecordedEvent> _ ->
          LOG.debug(
              "topic={} partition={} offset={} passed over",
              record.topic(),
              record.partition(),
              record.offset());
    }
  }

  private static boolean isReached(
      Consumer<String, byte[]> consumer, Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  /** Also tells what went while nobody watched. */
  private void goLive() {
    live = true;
    List.copyOf(told).stream()
        .filter(membership -> !past.containsKey(membership))
        .forEach(membership -> gone(membership.group(), membership.edge()));
    past.forEach((membership, member) -> present(membership.group(), member));
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
    Membership membership = new Membership(group, member.edge());
    if (live) {
      told.add(membership);
      listener.present(group, protocols.get(group), member);
    } else {
      past.put(membership, member);
    }
  }

  private void gone(GroupId group, EdgeId edge) {
    Membership membership = new Membership(group, edge);
    if (live) {
      told.remove(membership);
      listener.gone(group, edge);
    } else {
      past.remove(membership);
    }
  }
}
