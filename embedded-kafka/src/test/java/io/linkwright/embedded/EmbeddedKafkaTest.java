package io.linkwright.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class EmbeddedKafkaTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** {@code broker.session.timeout.ms}. */
  private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(5);

  private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

  @TempDir private Path directory;

  @Test
  void committedRecordsSurviveARestartOnTheSameDirectory() throws Exception {
    List<String> written = IntStream.range(0, 100).mapToObj(i -> "record " + i).toList();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0))) {
      createTopic(kafka);
      writeInOneTransaction(kafka, written);
    }

    List<String> read;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0))) {
      read = readCommitted(kafka, written.size());
    }

    assertThat(read).isEqualTo(written);
  }

  /** The session of a killed broker would last for five minutes. */
  @Test
  void afterAKillTheNextStartDoesNotWaitForTheSessionOfTheFormerBroker() throws Exception {
    KilledBroker.runOn(directory);
    assertThat(FormerRegistration.isLeftIn(directory)).isTrue();
    long startNanos = System.nanoTime();

    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(SESSION_TIMEOUT);
      assertThat(admin.listTopics().names().get()).contains(KilledBroker.TOPIC);
    }
    assertThat(FormerRegistration.isLeftIn(directory)).isFalse();
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, port)))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("port " + port);
    }
  }

  @Test
  void aDirectoryInUseIsNamedAndItsBrokerGoesOn() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0))) {

      assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0)))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use");

      createTopic(kafka);
    }
  }

  @Test
  void dataThatDoesNotFitIsNamedAndNotHeld() throws IOException {
    Path foreign = directory.resolve("meta.properties");
    Files.writeString(foreign, "version=1\nnode.id=7\ncluster.id=other\n");

    assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0)))
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("7");

    Files.delete(foreign);
    EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0)).close();
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new EmbeddedKafkaConfig(directory, 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port=65536 is not within 0..65535");
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void writeInOneTransaction(EmbeddedKafka kafka, List<String> values) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent =
          values.stream()
              .map(value -> producer.send(new ProducerRecord<>(PARTITION.topic(), value)))
              .toList();
      producer.commitTransaction();

      assertThat(sent).allMatch(Future::isDone);
    }
  }

  private static List<String> readCommitted(EmbeddedKafka kafka, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      long deadline = System.nanoTime() + DEADLINE.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
