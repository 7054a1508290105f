package io.linkwright.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.api.ApiClient;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicLayout;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers write to the log of a real broker, and somebody deletes from it. */
@Tag("broker")
final class DamagedLogTest {
  private static final byte[] UNKNOWN_SCHEMA = {0, 0, 0, 1, 0, 7, 7};

  @TempDir private static Path directory;

  @Test
  void strangersHarmOneGroupAtMostAndALostBeginningIsToldInReadiness() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, new TopicLayout(1, (short) 1, 1));
      ControllerKey key = ControllerKey.generate();
      try (Instance instance = new Instance(kafka.bootstrapServers(), "one", key).awaitReady()) {
        create(instance, "red");
        create(instance, "blue");
        write(kafka, null, "20 bytes of any text".getBytes(StandardCharsets.UTF_8));
        write(kafka, "blue", "20 bytes of any text".getBytes(StandardCharsets.UTF_8));
        write(kafka, "blue", null);
        write(kafka, "red", UNKNOWN_SCHEMA);
      }

      try (Instance instance = new Instance(kafka.bootstrapServers(), "one", key).awaitReady()) {
        assertThat(instance.metrics())
            .contains(
                "linkwright_writer_damaged_groups 1.0", "linkwright_writer_passed_over_total");
        HttpResponse<String> refused = addMember(instance, "red", "a");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("GROUP_DAMAGED", "linkwright recover red");
        assertThat(addMember(instance, "blue", "a").statusCode()).isEqualTo(201);
        assertThat(instance.post("/v1/groups/red:recover", "").body())
            .contains("\"lastRevision\":1", "\"revision\":3");
        assertThat(addMember(instance, "red", "a").statusCode()).isEqualTo(201);
      }

      enrolledMember(kafka, key);
      try (Instance instance =
          new Instance(kafka.bootstrapServers(), "two", ControllerKey.generate())) {
        Instance.await(
            () ->
                instance.readiness() instanceof Readiness.NotReady(String reason)
                    && reason.contains("edges of this cluster trust " + key.publicKey().keyId()));
      }

      TopicPartition partition = new TopicPartition(LinkwrightTopics.EVENTS.name(), 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1))).all().get();
      try (Instance instance = new Instance(kafka.bootstrapServers(), "one", key)) {
        Instance.await(
            () ->
                instance.readiness() instanceof Readiness.NotReady(String reason)
                    && reason.contains("begins at offset 1 instead of 0"));
        assertThat(addMember(instance, "blue", "b").statusCode()).isEqualTo(503);
      }

      admin.deleteTopics(List.of(LinkwrightTopics.EVENTS.name())).all().get();
      Instance.await(() -> !topics(admin).contains(LinkwrightTopics.EVENTS.name()));
      LinkwrightTopics.ensure(admin, new TopicLayout(1, (short) 1, 1));
      try (Instance instance = new Instance(kafka.bootstrapServers(), "one", key)) {
        Instance.await(
            () ->
                instance.readiness() instanceof Readiness.NotReady(String reason)
                    && reason.contains("the log was deleted or made anew"));
      }
    }
  }

  private static Set<String> topics(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Something is signed now. */
  private static void enrolledMember(EmbeddedKafka kafka, ControllerKey key) {
    try (Instance instance = new Instance(kafka.bootstrapServers(), "one", key).awaitReady()) {
      HttpResponse<String> added =
          instance.post(
              "/v1/groups/blue/members",
              "{\"edge\": \"k\", \"keys\": %s}"
                  .formatted(ApiClient.keys(EdgeKeys.generate().publicKeys())));
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    }
  }

  private static void create(Instance instance, String group) {
    HttpResponse<String> created =
        instance.post(
            "/v1/groups",
            "{\"id\": \"%s\", \"topology\": \"mesh\", \"tunnelProtocol\": \"ipsec\"}"
                .formatted(group));
    assertThat(created.statusCode()).isEqualTo(201);
  }

  private static HttpResponse<String> addMember(Instance instance, String group, String edge) {
    return instance.post(
        "/v1/groups/%s/members".formatted(group), "{\"edge\": \"%s\"}".formatted(edge));
  }

  private static void write(EmbeddedKafka kafka, String key, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(LinkwrightTopics.EVENTS.name(), 0, keyBytes, value)).get();
    }
  }
}
