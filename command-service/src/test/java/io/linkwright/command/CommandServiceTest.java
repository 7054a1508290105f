package io.linkwright.command;

import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.ApiClient.json;
import static io.linkwright.command.api.ApiClient.keys;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.SecretOpener;
import io.linkwright.edgeprotocol.SecretsDigest;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.CloudEventHeaders;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service against the real broker. Each test has groups of its own. */
@Tag("broker")
final class CommandServiceTest {
  private static final int PARTITIONS = 4;
  private static final ControllerKey SIGNING_KEY = ControllerKey.generate();
  private static final MemberKeys KEYS = EdgeKeys.generate().publicKeys();
  private static final MemberKeys OTHER_KEYS = EdgeKeys.generate().publicKeys();
  private static final WireFormat WIRE = WireFormat.bundled();

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, new TopicLayout(PARTITIONS, (short) 1, 1));
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void aLinkIsOneEventAndTwoConfigurationsThatOnlyItsEdgesCanOpen() throws Exception {
    EdgeKeys denverKeys = EdgeKeys.generate();
    try (Instance instance = instance("one").awaitReady()) {
      createGroup(instance, "abilene");
      addMember(instance, "abilene", "denver", denverKeys.publicKeys());
      addMember(instance, "abilene", "kansas-city", KEYS);

      HttpResponse<String> answer =
          instance.post(
              "/v1/groups/abilene/links", "{\"edgeA\": \"kansas-city\", \"edgeB\": \"denver\"}");

      assertStatus(answer, 201);
      assertThat(answer.headers().firstValue("ETag")).hasValue("\"4\"");
      assertThat(answer.body())
          .isEqualTo(
              "{\"revision\":4,\"link\":\"denver~kansas-city\","
                  + "\"affectedEdges\":[\"denver\",\"kansas-city\"],\"awaitingEdges\":[]}");
      assertThat(instance.metrics()).contains("linkwright_command_link_records_sum 2.0");
    }

    List<RecordedEvent> events = events("abilene");
    assertThat(events).extracting(RecordedEvent::revision).containsExactly(1L, 2L, 3L, 4L);
    assertThat(events.getLast().payload()).isInstanceOf(GroupEvent.LinkAdded.class);
    assertThat(eventRecords("abilene").getLast().headers())
        .startsWith(CloudEventHeaders.of(events.getLast()).toArray())
        .extracting(Header::key)
        .endsWith("linkwright-mac");
    List<ConsumerRecord<byte[], byte[]>> ofLink =
        configurations("abilene").stream()
            .filter(record -> RecordHeaders.revision(record.headers()).getAsLong() == 4)
            .toList();
    assertThat(ofLink)
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactlyInAnyOrder(
            "denver/abilene/denver~kansas-city", "kansas-city/abilene/denver~kansas-city");
    assertOpens(denverKeys, "denver", ofLink);
  }

  @Test
  void removingALinkLeavesTombstonesThatNameTheRevision() {
    try (Instance instance = instance("one").awaitReady()) {
      createLinkedPair(instance, "removal");

      HttpResponse<String> answer = instance.send("DELETE", "/v1/groups/removal/links/b~a", "");

      assertStatus(answer, 200);
      assertThat(json(answer).path("affectedEdges").toString()).isEqualTo("[\"a\",\"b\"]");
    }
    List<ConsumerRecord<byte[], byte[]>> tombstones =
        configurations("removal").stream().filter(record -> record.value() == null).toList();
    assertThat(tombstones)
        .hasSize(2)
        .allSatisfy(record -> assertThat(RecordHeaders.revision(record.headers())).hasValue(5));
  }

  @Test
  void aRepeatedKeyGetsTheFirstAnswerAlsoAfterARestart() {
    String path = "/v1/groups/repeats/links";
    String body = "{\"edgeA\": \"a\", \"edgeB\": \"c\"}";
    String[] key = {"Idempotency-Key", "key-1"};
    HttpResponse<String> first;
    HttpResponse<String> second;
    try (Instance instance = instance("one").awaitReady()) {
      createLinkedPair(instance, "repeats");
      addMember(instance, "repeats", "c", EdgeKeys.generate().publicKeys());
      first = instance.post(path, body, key);
      instance.send("DELETE", path + "/a~c", "");
      second = instance.post(path, body, key);
    }
    HttpResponse<String> third;
    HttpResponse<String> misused;
    try (Instance restarted = instance("one").awaitReady()) {
      third = restarted.post(path, body, key);
      misused = restarted.post(path, "{\"edgeA\": \"b\", \"edgeB\": \"c\"}", key);
    }

    assertStatus(first, 201);
    assertThat(List.of(second.body(), third.body())).containsOnly(first.body());
    assertThat(List.of(second.statusCode(), third.statusCode())).containsOnly(201);
    assertThat(misused.statusCode()).isEqualTo(422);
    assertThat(json(misused).path("code").textValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(events("repeats")).hasSize(7);
  }

  @Test
  void instancesShareThePartitionsForwardAndTakeOver() {
    List<String> groups = IntStream.range(0, 12).mapToObj(i -> "shared-" + i).toList();
    try (Instance one = instance("one").awaitReady()) {
      Instance two = instance("two");
      Instance.await(
          () -> owned(one) > 0 && owned(two) > 0 && owned(one) + owned(two) == PARTITIONS);

      groups.forEach(group -> createGroup(two, group));
      groups.forEach(group -> createLinkedPairIn(one, group));
      two.close();
      Instance.await(() -> owned(one) == PARTITIONS);

      groups.forEach(
          group ->
              assertThat(one.send("DELETE", "/v1/groups/" + group + "/links/a~b", "").statusCode())
                  .isEqualTo(200));
    }
    groups.forEach(
        group ->
            assertThat(events(group))
                .extracting(RecordedEvent::revision)
                .containsExactly(1L, 2L, 3L, 4L, 5L));
  }

  @Test
  void anInstanceThatComesBackUnderItsIdTakesOverWithoutWaitingForASession() {
    try (Instance dead = instance("one").awaitReady()) {
      createLinkedPair(dead, "comeback");

      try (Instance back = instance("one")) {
        Instance.await(() -> owned(back) == PARTITIONS && owned(dead) == 0);
        HttpResponse<String> answer = back.send("DELETE", "/v1/groups/comeback/links/a~b", "");

        assertStatus(answer, 200);
        assertThat(dead.readiness()).isInstanceOf(Readiness.NotReady.class);
      }
    }
  }

  private static double owned(Instance instance) {
    return instance
        .metrics()
        .lines()
        .filter(line -> line.startsWith("linkwright_command_partitions_owned "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Instance instance(String id) {
    return new Instance(kafka.bootstrapServers(), id, SIGNING_KEY);
  }

  private static void createLinkedPair(Instance instance, String group) {
    createGroup(instance, group);
    createLinkedPairIn(instance, group);
  }

  private static void createLinkedPairIn(Instance instance, String group) {
    addMember(instance, group, "a", KEYS);
    addMember(instance, group, "b", OTHER_KEYS);
    HttpResponse<String> answer =
        instance.post("/v1/groups/" + group + "/links", "{\"edgeA\": \"a\", \"edgeB\": \"b\"}");
    assertStatus(answer, 201);
  }

  private static void createGroup(Instance instance, String group) {
    HttpResponse<String> answer =
        instance.post(
            "/v1/groups",
            "{\"id\": \"%s\", \"topology\": \"partial-mesh\", \"tunnelProtocol\": \"wireguard\"}"
                .formatted(group));
    assertStatus(answer, 201);
  }

  private static void addMember(Instance instance, String group, String edge, MemberKeys keys) {
    HttpResponse<String> answer =
        instance.post(
            "/v1/groups/" + group + "/members",
            "{\"edge\": \"%s\", \"keys\": %s}".formatted(edge, keys(keys)));
    assertStatus(answer, 201);
    JsonNode member = json(answer);
    assertThat(member.path("awaitingEnrollment").booleanValue()).isFalse();
  }

  private static void assertOpens(
      EdgeKeys keys, String edge, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    EdgeConfiguration own =
        records.stream()
            .map(
                record ->
                    WIRE.edgeConfigurations()
                        .deserializer()
                        .deserialize(record.topic(), record.value()))
            .filter(configuration -> configuration.key().edge().value().equals(edge))
            .findFirst()
            .orElseThrow();
    assertThat(SIGNING_KEY.publicKey().verifies(own.document())).isTrue();
    LinkDocument document = Documents.readLink(own.document().document());
    assertThat(document.secretsDigestFor(new EdgeId(edge)))
        .isEqualTo(SecretsDigest.of(own.secrets().orElseThrow()));
    LinkId link = own.key().link().orElseThrow();
    LinkSecrets secrets =
        new SecretOpener(keys)
            .open(new GroupId("abilene"), new EdgeId(edge), link, own.secrets().orElseThrow());
    assertThat(secrets.tunnels()).hasSameSizeAs(document.link().tunnels());
  }

  private static List<RecordedEvent> events(String group) {
    return eventRecords(group).stream()
        .map(record -> WIRE.events().deserializer().deserialize(record.topic(), record.value()))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> eventRecords(String group) {
    return TopicReader.read(kafka.bootstrapServers(), LinkwrightTopics.EVENTS.name()).stream()
        .filter(record -> new String(record.key(), UTF_8).equals(group))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> configurations(String group) {
    return TopicReader.read(kafka.bootstrapServers(), LinkwrightTopics.EDGE_CONFIG.name()).stream()
        .filter(record -> new String(record.key(), UTF_8).contains("/" + group + "/"))
        .toList();
  }
}
