package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.LogMac;
import io.linkwright.schemas.Partitioning;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.terminal.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage is found and mended by commands, against a run with the real services. */
@Tag("broker")
class RecoverCommandTest {
  private static final Pattern TOKEN = Pattern.compile("(lwe_\\S+)");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String EDGE_CONFIG = LinkwrightTopics.EDGE_CONFIG.name();

  @TempDir private Path directory;
  private DataDirectory data;
  private AllInOne run;

  @BeforeEach
  void start() throws Exception {
    data = DataDirectory.open(directory.resolve("data"));
    run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
  }

  @AfterEach
  void stop() throws Exception {
    run.close();
    data.close();
  }

  @Test
  void aDamagedGroupIsListedAndGoesOnWhenItIsRecovered() throws Exception {
    done("group", "create", "sound");
    done("group", "create", "broken");
    done("member", "add", "broken", "denver");
    assertThat(ran("recover").out()).contains("no group is damaged");
    assertThat(ran("recover", "-o", "json").json().path("damaged")).isEmpty();

    long offset = damage("broken", 99);

    JsonNode listed =
        await(() -> ran("recover", "-o", "json"), json -> !json.path("damaged").isEmpty());
    CliOutcome ofLog = ran("recover", "--bootstrap-servers", run.bootstrapServers());
    JsonNode log =
        ran("recover", "--bootstrap-servers", run.bootstrapServers(), "-o", "json").json();
    for (JsonNode report : List.of(listed, log)) {
      assertThat(report.path("damaged")).hasSize(1);
      assertThat(report.at("/damaged/0/group").asText()).isEqualTo("broken");
      assertThat(report.at("/damaged/0/lastRevision").asLong()).isEqualTo(2);
      assertThat(report.at("/damaged/0/damage/offset").asLong()).isEqualTo(offset);
      assertThat(report.at("/damaged/0/damage/reason").asText()).contains("3 to 98 are missing");
    }
    for (CliOutcome text : List.of(ran("recover"), ofLog)) {
      assertThat(text.exitCode()).isZero();
      assertThat(text.out())
          .containsPattern("GROUP +LAST GOOD REVISION +PARTITION +OFFSET +DAMAGE")
          .containsPattern("broken +2 +\\d+ +" + offset + " +\\S")
          .doesNotContain("sound");
    }
    CliOutcome compared = replay("--compare");
    assertThat(compared.exitCode()).isEqualTo(1);
    assertThat(compared.out())
        .contains("of the groups that are sound; 1 damaged ones were not compared")
        .contains("in the groups that are sound; those of 1 damaged groups were not compared");

    assertThat(ran("recover", "broken").out()).contains("would recover broken", "--yes");
    assertThat(ran("recover", "broken", "--yes").out())
        .contains("recovered broken from revision 2 at revision ");

    await(() -> ran("recover", "-o", "json"), json -> json.path("damaged").isEmpty());
    assertThat(ran("recover", "--bootstrap-servers", run.bootstrapServers()).out())
        .contains("no group is damaged");
  }

  /** It could follow, and has a MAC that nobody without the key can tell from a true one. */
  @Test
  void aForgedEventIsToldByWhoHasTheKeyAndGoneAfterARecovery() throws Exception {
    done("group", "create", "forged");
    done("member", "add", "forged", "denver");
    assertThat(replay("--controller-key", data.controllerKey().toString()).exitCode()).isZero();

    long offset =
        write(
            "forged",
            3,
            new GroupEvent.MemberRemoved(new EdgeId("denver")),
            RecordHeaders.mac(new byte[LogMac.LENGTH_BYTES]));

    assertThat(replay().exitCode()).as("nothing is wrong but the MAC").isZero();
    CliOutcome proved = replay("--controller-key", data.controllerKey().toString());
    assertThat(proved.exitCode()).isEqualTo(1);
    assertThat(proved.out())
        .containsPattern(
            "partition \\d+, offset %d, group 'forged', revision 3: its MAC does not fit"
                .formatted(offset));
    assertThat(
            ran(
                    "recover",
                    "--bootstrap-servers",
                    run.bootstrapServers(),
                    "--controller-key",
                    data.controllerKey().toString())
                .out())
        .containsPattern("forged +2 +\\d+ +" + offset + " +its MAC does not fit");
    assertThat(ran("member", "add", "forged", "boise").err()).contains("GROUP_DAMAGED");

    assertThat(ran("recover", "forged", "--yes").out())
        .contains("recovered forged from revision 2 at revision 4");
    await(() -> ran("members", "forged", "-o", "json"), json -> json.toString().contains("denver"));
    assertThat(
            replay("--controller-key", data.controllerKey().toString(), "--group", "forged").out())
        .contains("denver");
  }

  @Test
  void lostEdgeConfigIsFoundWrittenAnewAndServed() throws Exception {
    linked("west", "denver", "seattle");
    assertThat(replay("--compare").out()).contains(EDGE_CONFIG + " holds what the log calls for");

    loseEdgeConfig();

    CliOutcome lost = replay("--compare", "-o", "json");
    assertThat(lost.exitCode()).as(lost.err()).isEqualTo(1);
    assertThat(differences(lost))
        .containsExactly(
            "denver/west/ missing nothing",
            "denver/west/denver~seattle missing nothing",
            "seattle/west/ missing nothing",
            "seattle/west/denver~seattle missing nothing");
    assertThat(ran("recover", "edge-config").out()).contains("would recover west", "--yes");
    assertThat(replay("--compare").out()).contains(EDGE_CONFIG + " differs from the log at 4 keys");

    CliOutcome recovered = ran("recover", "edge-config", "--yes");

    assertThat(recovered.out())
        .contains("recovered west from revision")
        .contains("configuration of 2 members and 1 links written anew");
    CliOutcome compared = replay("--compare");
    assertThat(compared.exitCode()).as(compared.out()).isZero();
    assertThat(compared.out()).contains(EDGE_CONFIG + " holds what the log calls for");
    try (RunningCommand edge =
        new RunningCommand(
            settings(),
            "edge",
            "run",
            "--driver",
            "simulated",
            "--server",
            run.url().toString(),
            "--state-dir",
            home("denver"))) {
      edge.awaitOutput(text -> text.contains("set=[denver~seattle]"));
      assertThat(edge.interrupt()).isZero();
    }
  }

  @Test
  void whatOthersWriteToEdgeConfigIsTold() throws Exception {
    linked("west", "denver", "seattle");
    try (KafkaProducer<String, byte[]> stranger = producer()) {
      byte[] garbage = "?".getBytes(StandardCharsets.UTF_8);
      int partitions = stranger.partitionsFor(EDGE_CONFIG).size();
      int ofDenver = Partitioning.ofEdge(new EdgeId("denver"), partitions);
      stranger.send(new ProducerRecord<>(EDGE_CONFIG, ofDenver, "denver/west/", garbage)).get();
      int elsewhere = (ofDenver + 1) % partitions;
      stranger
          .send(new ProducerRecord<>(EDGE_CONFIG, elsewhere, "denver/west/denver~seattle", null))
          .get();
      stranger.send(new ProducerRecord<>(EDGE_CONFIG, 0, "\u202eno key", garbage)).get();

      CliOutcome told = replay("--compare", "-o", "json");

      assertThat(told.exitCode()).as(told.err()).isEqualTo(1);
      assertThat(told.json(1).at("/comparison/agrees").asBoolean()).isTrue();
      assertThat(told.json(1).at("/edgeConfig/agrees").asBoolean()).isFalse();
      assertThat(differences(told))
          .satisfiesExactly(
              one -> assertThat(one).startsWith("denver/west/ defective "),
              one ->
                  assertThat(one)
                      .isEqualTo(
                          "denver/west/denver~seattle in partition %d defective its edge belongs to partition %d"
                              .formatted(elsewhere, ofDenver)),
              one -> assertThat(one).startsWith("\ufffdno key defective "));
      assertThat(differences(replay("--compare", "--group", "west", "-o", "json"))).hasSize(2);
    }
  }

  /** A group of two devices that have joined and are linked. */
  private void linked(String group, String... edges) throws Exception {
    done("group", "create", group);
    for (String edge : edges) {
      Matcher token = TOKEN.matcher(done("member", "add", group, edge).out());
      assertThat(token.find()).isTrue();
      List<String> join = new ArrayList<>(List.of("edge", "join", "--group", group));
      join.addAll(List.of("--edge", edge, "--token", token.group(1), "--state-dir", home(edge)));
      done(join.toArray(String[]::new));
    }
    done("link", "add", group, edges[0], edges[1]);
  }

  private String home(String edge) {
    return directory.resolve(edge).toString();
  }

  /** A revision that nobody has written, under the group's key; answers its offset. */
  private long damage(String group, long revision) throws Exception {
    return write(group, revision, new GroupEvent.LinkRemoved(LinkId.parse("denver~seattle")));
  }

  /** As a stranger writes it; answers its offset. */
  private long write(String group, long revision, GroupEvent payload, Header... headers)
      throws Exception {
    GroupId id = new GroupId(group);
    String topic = LinkwrightTopics.EVENTS.name();
    byte[] value =
        WireFormat.bundled()
            .events()
            .serializer()
            .serialize(
                topic,
                new RecordedEvent(
                    UUID.randomUUID(),
                    id,
                    revision,
                    Instant.EPOCH,
                    "stranger",
                    "command",
                    payload));
    try (KafkaProducer<String, byte[]> producer = producer()) {
      int partition = Partitioning.ofGroup(id, producer.partitionsFor(topic).size());
      return producer
          .send(new ProducerRecord<>(topic, partition, group, value, List.of(headers)))
          .get()
          .offset();
    }
  }

  /** The topic is empty, and the pusher's copy is gone. */
  private void loseEdgeConfig() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.bootstrapServers()))) {
      setCleanup(admin, "compact,delete");
      int partitions =
          admin
              .describeTopics(List.of(EDGE_CONFIG))
              .allTopicNames()
              .get()
              .get(EDGE_CONFIG)
              .partitions()
              .size();
      Map<TopicPartition, RecordsToDelete> all =
          Stream.iterate(0, partition -> partition < partitions, partition -> partition + 1)
              .collect(
                  Collectors.toMap(
                      partition -> new TopicPartition(EDGE_CONFIG, partition),
                      _ -> RecordsToDelete.beforeOffset(-1)));
      admin.deleteRecords(all).all().get();
      setCleanup(admin, "compact");
    }
    stop();
    try (Stream<Path> files = Files.walk(data.pusher())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    start();
  }

  private static void setCleanup(Admin admin, String policy) throws Exception {
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(
                new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, policy),
                AlterConfigOp.OpType.SET));
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, EDGE_CONFIG), change))
        .all()
        .get();
  }

  private static List<String> differences(CliOutcome outcome) {
    return outcome
        .json(1)
        .at("/edgeConfig/differences")
        .valueStream()
        .map(
            difference ->
                "%s %s %s"
                    .formatted(
                        difference.path("key").asText(),
                        difference.path("what").asText(),
                        difference.path("topic").asText()))
        .toList();
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", run.bootstrapServers()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private interface Asked {
    CliOutcome ask() throws IOException;
  }

  private static JsonNode await(Asked command, Predicate<JsonNode> expected) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      JsonNode json = command.ask().json();
      if (expected.test(json)) {
        return json;
      }
      assertThat(System.nanoTime()).as("not within %s: %s", LIMIT, json).isLessThan(deadline);
      Thread.sleep(PAUSE);
    }
  }

  private CliOutcome replay(String... options) {
    List<String> words =
        new ArrayList<>(List.of("replay", "--bootstrap-servers", run.bootstrapServers()));
    words.addAll(List.of(options));
    return ran(words.toArray(String[]::new));
  }

  private CliOutcome done(String... words) {
    CliOutcome outcome = ran(words);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private CliOutcome ran(String... words) {
    return CliOutcome.of(settings(), words);
  }

  private Settings settings() {
    return new Settings(Map.of("LINKWRIGHT_SERVER", run.url().toString()), directory);
  }
}
