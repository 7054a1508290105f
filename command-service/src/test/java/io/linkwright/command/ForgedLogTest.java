package io.linkwright.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.api.ApiClient;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.member.Member;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.TopicLayout;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has stolen the credentials of a Kafka user who may write to the log, and tries every
 * means to have a peer added. Each test has groups of its own; {@code safe} is touched by nobody.
 */
@Tag("broker")
final class ForgedLogTest {
  private static final ControllerKey KEY = ControllerKey.generate();
  private static final String MALLORY = "mallory";

  /** What every group has before: its creation and two members. */
  private static final long LAST = 3;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  private Stranger stranger;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, new TopicLayout(1, (short) 1, 1));
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void connect() {
    stranger = new Stranger(kafka.bootstrapServers(), KEY);
  }

  @AfterEach
  void disconnect() {
    stranger.close();
  }

  /** A means to forge, tried on a group. */
  private interface Forgery {
    void on(String group) throws Exception;
  }

  private record Means(String group, Forgery forgery) {}

  private List<Means> means(String prefix) {
    return List.of(
        new Means(prefix + "-plain", group -> stranger.write(peer(group, LAST + 1))),
        new Means(
            prefix + "-guessed",
            group -> stranger.write(peer(group, LAST + 1), RecordHeaders.mac(new byte[32]))),
        new Means(
            prefix + "-borrowed",
            group ->
                stranger.write(
                    peer(group, LAST + 1),
                    RecordHeaders.mac(
                        RecordHeaders.mac(stranger.records(group).getLast().headers())
                            .orElseThrow()))),
        new Means(prefix + "-far", group -> stranger.write(peer(group, 99))),
        new Means(
            prefix + "-recovery",
            group ->
                stranger.write(Stranger.event(group, 50, new GroupEvent.GroupRecovered(LAST)))),
        new Means(prefix + "-copied", group -> stranger.copy(stranger.records(group).getLast())),
        new Means(prefix + "-replayed", group -> stranger.copy(stranger.records(group).get(1))));
  }

  private static RecordedEvent peer(String group, long revision) {
    return Stranger.event(
        group,
        revision,
        new GroupEvent.MemberAdded(
            new Member(
                new EdgeId(MALLORY),
                "Mallory",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(EdgeKeys.generate().publicKeys()),
                List.of(IpAddress.parse("100.64.7.7")),
                Optional.empty())));
  }

  @Test
  void whatIsForgedWhileNobodyWritesDamagesItsGroupAtTheClaim() throws Exception {
    List<Means> all = means("claim");
    try (Instance instance = instance()) {
      all.forEach(means -> create(instance, means.group()));
      List.of("claim-fenced", "claim-swapped", "claim-safe", "claim-untouched")
          .forEach(group -> create(instance, group));
      // Sealed by a writer that has lost the partition before it could commit.
      List<Stranger.Sealed> fenced = stranger.sealed(peer("claim-fenced", LAST + 1));
      assertThat(addMember(instance, "claim-fenced", "c")).isEqualTo(201);
      stranger.writeSealed(fenced);
    }
    for (Means means : all) {
      means.forgery().on(means.group());
    }
    List<Stranger.Sealed> two =
        stranger.sealed(peer("claim-swapped", LAST + 1), peer("claim-swapped", LAST + 2));
    stranger.writeSealed(two.reversed());
    stranger.copy(stranger.records("claim-safe").getLast(), "claim-untouched");
    long written = configurations();

    try (Instance instance = instance()) {
      all.forEach(means -> assertDamaged(instance, means.group()));
      assertDamaged(instance, "claim-fenced");
      assertDamaged(instance, "claim-swapped");
      assertThat(configurations()).as("nothing is signed").isEqualTo(written);
      assertThat(addMember(instance, "claim-safe", "d")).isEqualTo(201);
      assertThat(addMember(instance, "claim-untouched", "d"))
          .as("what stands under a foreign key harms nobody")
          .isEqualTo(201);
      for (Means means : all) {
        assertThat(recover(instance, means.group()))
            .contains("\"lastRevision\":%d".formatted(LAST));
        assertThat(addMember(instance, means.group(), "c")).isEqualTo(201);
      }
      assertThat(recover(instance, "claim-fenced")).contains("\"lastRevision\":4");
      assertThat(recover(instance, "claim-swapped")).contains("\"lastRevision\":3");
    }
    assertNobodyHearsOfMallory();
  }

  @Test
  void whatIsForgedBesideALiveWriterIsNoticedBeforeAnythingIsWrittenBehindIt() throws Exception {
    try (Instance instance = instance()) {
      create(instance, "live-safe");
      for (Means means : means("live")) {
        create(instance, means.group());
        means.forgery().on(means.group());
        long written = configurations();

        assertThat(addMember(instance, "live-safe", "c-" + means.group())).isEqualTo(201);
        assertDamaged(instance, means.group());

        assertThat(configurations()).as("only that of live-safe").isEqualTo(written + 1);
        String recovered = recover(instance, means.group());
        assertThat(recovered).contains("\"lastRevision\":%d".formatted(LAST));
        if (means.group().endsWith("-far")) {
          assertThat(recovered).as("above all that was seen").contains("\"revision\":102");
        }
        assertThat(addMember(instance, means.group(), "c")).isEqualTo(201);
      }
    }
    try (Instance instance = instance()) {
      for (Means means : means("live")) {
        assertThat(addMember(instance, means.group(), "e"))
            .as("the next writer takes it for mended, too")
            .isEqualTo(201);
      }
    }
    assertNobodyHearsOfMallory();
  }

  @Test
  void aWriterWithNothingToDoNoticesToo() throws Exception {
    try (Instance instance = instance()) {
      create(instance, "idle");
      double before = damagedGroups(instance);

      stranger.write(peer("idle", LAST + 1));

      Instance.await(() -> damagedGroups(instance) == before + 1);
      assertThat(recover(instance, "idle")).contains("\"lastRevision\":%d".formatted(LAST));
      assertThat(damagedGroups(instance)).isEqualTo(before);
    }
  }

  /** A stranger who writes all the time stops the groups that he names, and no other. */
  @Test
  void aFloodStopsNobodyElse() throws Exception {
    try (Instance instance = instance()) {
      create(instance, "flooded");
      create(instance, "dry");
      Thread flood =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (long revision = 10;
                          !Thread.currentThread().isInterrupted();
                          revision++) {
                        stranger.write(peer("flooded", revision));
                      }
                    } catch (Exception stopped) {
                      Thread.currentThread().interrupt();
                    }
                  });
      try {
        for (int number = 0; number < 20; number++) {
          assertThat(addMember(instance, "dry", "e" + number)).isEqualTo(201);
        }
        assertDamaged(instance, "flooded");
      } finally {
        flood.interrupt();
        flood.join();
      }
    }
  }

  private static Instance instance() {
    return new Instance(kafka.bootstrapServers(), "one", KEY).awaitReady();
  }

  private static void create(Instance instance, String group) {
    HttpResponse<String> created =
        instance.post(
            "/v1/groups",
            "{\"id\": \"%s\", \"topology\": \"partial-mesh\", \"tunnelProtocol\": \"ipsec\"}"
                .formatted(group));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(addMember(instance, group, "a")).isEqualTo(201);
    assertThat(addMember(instance, group, "b")).isEqualTo(201);
  }

  private static int addMember(Instance instance, String group, String edge) {
    return send(instance, group, edge).statusCode();
  }

  /** With keys: something is signed for it. */
  private static HttpResponse<String> send(Instance instance, String group, String edge) {
    return instance.post(
        "/v1/groups/%s/members".formatted(group),
        "{\"edge\": \"%s\", \"keys\": %s}"
            .formatted(edge, ApiClient.keys(EdgeKeys.generate().publicKeys())));
  }

  private static void assertDamaged(Instance instance, String group) {
    HttpResponse<String> refused = send(instance, group, "x");
    assertThat(refused.statusCode()).as("%s: %s", group, refused.body()).isEqualTo(503);
    assertThat(refused.body()).contains("GROUP_DAMAGED", "linkwright recover " + group);
  }

  private static String recover(Instance instance, String group) {
    return instance.post("/v1/groups/%s:recover".formatted(group), "").body();
  }

  private static double damagedGroups(Instance instance) {
    return instance
        .metrics()
        .lines()
        .filter(line -> line.startsWith("linkwright_writer_damaged_groups "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static long configurations() {
    return TopicReader.read(kafka.bootstrapServers(), LinkwrightTopics.EDGE_CONFIG.name()).size();
  }

  private static void assertNobodyHearsOfMallory() {
    assertThat(TopicReader.read(kafka.bootstrapServers(), LinkwrightTopics.EDGE_CONFIG.name()))
        .extracting(record -> new String(record.key(), UTF_8))
        .isNotEmpty()
        .noneMatch(key -> key.contains(MALLORY));
  }
}
