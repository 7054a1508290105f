package io.linkwright.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import io.linkwright.schemas.TopicLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One who may join the writers' consumer group, and has not the controller's key. */
@Tag("broker")
final class StrangeMemberTest {
  private static final int PARTITIONS = 4;

  @TempDir private Path directory;

  @Test
  void nothingIsPassedOnToHim() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    HttpServer mallory =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mallory.createContext(
        "/",
        exchange -> {
          heard.incrementAndGet();
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    mallory.start();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, new TopicLayout(PARTITIONS, (short) 1, 1));
      try (Instance instance =
              new Instance(kafka.bootstrapServers(), "one", ControllerKey.generate()).awaitReady();
          StrangeMember member =
              new StrangeMember(
                  kafka.bootstrapServers(), "http://127.0.0.1:" + mallory.getAddress().getPort())) {
        Instance.await(() -> !member.partitions().isEmpty());
        GroupId his =
            IntStream.range(0, 1_000)
                .mapToObj(number -> new GroupId("group-" + number))
                .filter(
                    group -> member.partitions().contains(Partitioning.ofGroup(group, PARTITIONS)))
                .findFirst()
                .orElseThrow();

        Instance.await(() -> create(instance, his).body().contains("has not proved itself"));

        assertThat(create(instance, his).statusCode()).isEqualTo(503);
        assertThat(instance.metrics()).contains("linkwright_command_unproven_owner_total");
        assertThat(heard).hasValue(0);
      }
    } finally {
      mallory.stop(0);
    }
  }

  private static HttpResponse<String> create(Instance instance, GroupId group) {
    return instance.post(
        "/v1/groups",
        "{\"id\": \"%s\", \"topology\": \"mesh\", \"tunnelProtocol\": \"ipsec\"}".formatted(group));
  }

  /** Polls in a thread of its own until it is closed. */
  private static final class StrangeMember implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile Set<Integer> partitions = Set.of();

    StrangeMember(String bootstrapServers, String clientId) {
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  bootstrapServers,
                  "group.id",
                  CommandService.CONSUMER_GROUP,
                  "client.id",
                  clientId,
                  "heartbeat.interval.ms",
                  500,
                  "partition.assignment.strategy",
                  CooperativeStickyAssignor.class.getName()),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      consumer.subscribe(List.of(LinkwrightTopics.EVENTS.name()));
      thread = Thread.ofPlatform().start(this::run);
    }

    Set<Integer> partitions() {
      return partitions;
    }

    private void run() {
      try (consumer) {
        while (!Thread.currentThread().isInterrupted()) {
          consumer.poll(Duration.ofMillis(100));
          partitions =
              consumer.assignment().stream()
                  .map(TopicPartition::partition)
                  .collect(Collectors.toUnmodifiableSet());
        }
      } catch (WakeupException closed) {
        partitions = Set.of();
      }
    }

    @Override
    public void close() {
      consumer.wakeup();
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
