package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service whose disk is full, each in a process of its own: it says so, lives on, and needs
 * nothing but room. The broker has another disk.
 */
@Tag("broker")
final class ServiceDiskFullTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PARTITIONS = 4;
  private static final int DISK_MEBIBYTES = 192;

  /** What a database holds in memory before it writes a file is less. */
  private static final int RECORDS = 90;

  private static final int DOCUMENT_BYTES = 900_000;
  private static final long ROOM_FOR_A_START_BYTES = 16L << 20;

  @TempDir private Path directory;

  @Test
  void theViewIsMadeWhenThereIsRoom() throws Exception {
    try (EmbeddedKafka kafka = kafka();
        SmallDisk disk = SmallDisk.mount(directory.resolve("small"), DISK_MEBIBYTES)) {
      String[] service = {
        "topology-stream", "--instance-id=small", "--state-dir=" + disk.path().resolve("view")
      };
      try (Served before = Served.start(kafka, service)) {
        before.awaitReady();
      }
      disk.fillUpTo(0);

      try (Served served = Served.start(kafka, service)) {
        served.awaitNotReady("No space left");
        assertThat(served.status("/livez")).isEqualTo(200);

        disk.makeRoom();

        served.awaitReady();
      }
    }
  }

  @Test
  void thePusherReadsOnWhenThereIsRoom() throws Exception {
    try (EmbeddedKafka kafka = kafka();
        SmallDisk disk = SmallDisk.mount(directory.resolve("small"), DISK_MEBIBYTES);
        Served served =
            Served.start(kafka, "config-pusher", "--state-dir=" + disk.path().resolve("pusher"))) {
      served.awaitReady();
      disk.fillUpTo(ROOM_FOR_A_START_BYTES);

      write(kafka);

      served.awaitNotReady("No space left");
      assertThat(served.status("/livez")).isEqualTo(200);

      disk.makeRoom();

      served.awaitReady();
    }
  }

  private EmbeddedKafka kafka() {
    EmbeddedKafka kafka =
        EmbeddedKafka.start(new EmbeddedKafkaConfig(directory.resolve("kafka"), 0));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, new TopicLayout(PARTITIONS, (short) 1, 1));
    }
    return kafka;
  }

  /** Configuration of one edge, so large that it does not stay in memory. */
  private static void write(EmbeddedKafka kafka) throws Exception {
    String topic = LinkwrightTopics.EDGE_CONFIG.name();
    EdgeId edge = new EdgeId("denver");
    Random random = new Random(1);
    byte[] document = new byte[DOCUMENT_BYTES];
    try (KafkaProducer<String, EdgeConfiguration> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            WireFormat.bundled().edgeConfigurations().serializer())) {
      for (int number = 1; number <= RECORDS; number++) {
        random.nextBytes(document);
        LinkId link = LinkId.between(edge, new EdgeId("peer-" + number));
        EdgeConfigKey key = EdgeConfigKey.ofLink(edge, new GroupId("west"), link);
        byte[] none = new byte[0];
        EdgeConfiguration configuration =
            new EdgeConfiguration(
                key,
                number,
                new SignedDocument(document, "key", none),
                Optional.of(new SealedSecrets("test", 1, none, none, none)));
        ProducerRecord<String, EdgeConfiguration> record =
            new ProducerRecord<>(
                topic, Partitioning.ofEdge(edge, PARTITIONS), key.toString(), configuration);
        record.headers().add(RecordHeaders.revision(number));
        producer.send(record).get();
      }
    }
  }

  /** A service behind its port. */
  private record Served(LinkwrightProcess process, URI url, HttpClient http)
      implements AutoCloseable {
    static Served start(EmbeddedKafka kafka, String... service) {
      int port = LinkwrightProcess.freePort();
      List<String> arguments = new ArrayList<>(List.of("serve"));
      arguments.addAll(List.of(service));
      arguments.add("--port=" + port);
      arguments.add("--bootstrap-servers=" + kafka.bootstrapServers());
      return new Served(
          LinkwrightProcess.run(arguments),
          URI.create("http://127.0.0.1:" + port),
          HttpClient.newHttpClient());
    }

    void awaitReady() {
      Eventually.holds(LIMIT, () -> status("/readyz") == 200, this::state);
    }

    void awaitNotReady(String reason) {
      Eventually.holds(
          LIMIT, () -> status("/readyz") == 503 && body("/readyz").contains(reason), this::state);
    }

    int status(String path) {
      return get(path).map(HttpResponse::statusCode).orElse(0);
    }

    private String body(String path) {
      return get(path).map(HttpResponse::body).orElse("");
    }

    private String state() {
      return body("/readyz") + "\n" + process.output();
    }

    private Optional<HttpResponse<String>> get(String path) {
      try {
        return Optional.of(
            http.send(
                HttpRequest.newBuilder(url.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString()));
      } catch (IOException notYet) {
        return Optional.empty();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", interrupted);
      }
    }

    @Override
    public void close() {
      http.close();
      process.close();
    }
  }
}
