package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.linkwright.cli.applying.Apply;
import io.linkwright.cli.applying.GroupFile;
import io.linkwright.cli.applying.GroupPlan;
import io.linkwright.cli.applying.Unlisted;
import io.linkwright.cli.applying.WantedGroup;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.group.Limits;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.terminal.settings.Settings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Groups out of files, and the log read as an auditor would, against a run with the real broker and
 * services. What damages the log comes last.
 */
@Tag("broker")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplyAndReplayTest {
  private static final String WEST =
      """
      groups:
        - id: %s
          topology: partial-mesh
          tunnelProtocol: ipsec
          members:
            - {edge: denver, endpoint: "192.0.2.1:4500", allowedSubnets: [10.1.0.0/16]}
            - {edge: seattle, name: 007, latitude: 47.6, longitude: -122.3}
            - {edge: boise}
          links:
            - [seattle, denver]
            - [boise, denver]
      """;

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static AllInOne run;
  private static Settings settings;

  @BeforeAll
  static void start() throws Exception {
    data = DataDirectory.open(directory.resolve("data"));
    run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
    settings =
        new Settings(
            Map.of("LINKWRIGHT_SERVER", run.url().toString(), "LINKWRIGHT_ACTOR", "alice"),
            directory);
  }

  @AfterAll
  static void stop() throws Exception {
    run.close();
    data.close();
  }

  @Test
  void aFileMakesAGroupAndAgainChangesNothing() throws Exception {
    Path file = file("first", WEST.formatted("first"));

    CliOutcome dry = ran("apply", file.toString(), "--dry-run");
    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("create  group first", "create  link boise~denver")
        .contains("first: 6 to create, 0 to change, 0 to remove")
        .contains("no edge gets new configuration now; boise, denver and seattle when both ends")
        .endsWith("dry run: nothing was changed%n".formatted());
    assertThat(ran("group", "show", "first").err()).contains("UNKNOWN_GROUP");

    CliOutcome first = ran("apply", file.toString());
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("first is as the file says, revision 6")
        .contains("3 new members wait for their devices: linkwright member token first EDGE")
        .doesNotContain("lwe_");
    assertThat(first.err()).contains("first members 3/3", "first links 2/2");

    CliOutcome again = ran("apply", file.toString(), "--prune");
    assertThat(again.out())
        .contains("first: nothing to do, it is as the file says; revision 6")
        .contains("nothing was changed");
    assertThat(again.err()).isEmpty();
    assertThat(ran("events", "first", "-o", "json").json().path("events"))
        .hasSize(6)
        .allMatch(event -> event.path("actor").asText().equals("alice"))
        .allMatch(event -> event.path("commandId").asText().startsWith("key:"))
        .extracting(event -> event.path("commandId").asText())
        .as("all of it in one command")
        .containsOnly(
            ran("events", "first", "-o", "json").json().at("/events/0/commandId").asText());
  }

  /** Which keys were taken away, no plan can know. */
  @Test
  void aRefusalOfTheLastStepLeavesTheGroupAsItWas() throws Exception {
    String keys = MemberKeysJson.of(EdgeKeys.generate().publicKeys()).toString();
    String before =
        """
        {"groups": [{"id": "stolen", "name": "Before", "topology": "partial-mesh",
          "tunnelProtocol": "ipsec", "members": [{"edge": "boise"}, {"edge": "gone", "keys": %s}]}]}
        """
            .formatted(keys);
    assertThat(ran("apply", file("before", before).toString()).exitCode()).isZero();
    assertThat(ran("member", "revoke", "stolen", "gone").exitCode()).isZero();
    JsonNode group = ran("group", "show", "stolen", "-o", "json").json();
    String after =
        before
            .replace("Before", "After")
            .replace("{\"edge\": \"gone\"", "{\"edge\": \"ada\"}, {\"edge\": \"back\"");

    CliOutcome refused = ran("apply", file("after", after).toString(), "--prune");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("nothing was changed, because steps[3]", "KEYS_REVOKED")
        .doesNotContain("members 1/");
    assertThat(ran("group", "show", "stolen", "-o", "json").json()).isEqualTo(group);
    assertThat(ran("members", "stolen").out()).contains("gone").doesNotContain("ada");
  }

  @Test
  void whatAnotherHasChangedMeanwhileIsPlannedOnAndStays() throws Exception {
    String between = WEST.formatted("between");
    assertThat(ran("apply", file("between", between).toString()).exitCode()).isZero();
    String text =
        between.replace("192.0.2.1:4500", "192.0.2.9:4500") + "      - [seattle, boise]\n";
    WantedGroup wanted =
        GroupFile.read("between", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .getFirst();
    try (LinkwrightApi api = new LinkwrightApi(run.url())) {
      Apply apply = new Apply(api, Unlisted.STAYS, Optional.empty());
      GroupPlan shown = apply.plan(wanted);
      assertThat(shown.steps()).hasSize(2);
      assertThat(ran("member", "change", "between", "boise", "--name", "B").exitCode()).isZero();

      long revision = apply.send(wanted, shown, SendingListener.SILENT);

      // The other's change, the member and its two links, and the link that is new.
      assertThat(revision).isEqualTo(shown.plannedOn() + 1 + 4);
    }
    JsonNode events = ran("events", "between", "-o", "json", "--from", "8").json().path("events");
    assertThat(events.valueStream().map(event -> event.path("commandId").asText()).distinct())
        .hasSize(1);
    assertThat(ran("members", "between").out()).contains("B", "192.0.2.9:4500");
  }

  @Test
  void aPlanThatIsTooLargeForOneRequestGoesInSeveralAndSaysSo() throws Exception {
    StringBuilder text = new StringBuilder("groups:\n  - id: large\n    topology: partial-mesh\n");
    text.append("    tunnelProtocol: ipsec\n    members:\n");
    for (int i = 0; i < Limits.MAX_STEPS; i++) {
      text.append("      - {edge: m%d}\n".formatted(i));
    }

    CliOutcome outcome = ran("apply", file("large", text.toString()).toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("large goes in several requests (1001 steps, and a request takes 1000)")
        .contains("large members 1000/1000");
    assertThat(outcome.out()).contains("large is as the file says, revision 1001");
  }

  @Test
  void pruningAndChangesArriveAndWhatIsNotNamedStays() throws Exception {
    assertThat(ran("apply", file("p", WEST.formatted("pruned")).toString()).exitCode()).isZero();
    String fewer =
        """
        {"groups": [{"id": "pruned", "name": "Pruned", "rekeyEvery": "P1D", "members": [
          {"edge": "denver", "endpoint": null}, {"edge": "seattle"}, {"edge": "tacoma"}],
          "links": [["seattle", "tacoma"]]}]}
        """;
    Path file = file("fewer", fewer);

    JsonNode kept = ran("apply", file.toString(), "-o", "json").json().at("/groups/0");
    assertThat(kept.path("steps")).hasSize(4);
    assertThat(kept.path("affectedEdges")).isEmpty();
    assertThat(kept.path("awaitingEdges")).hasSize(4);
    assertThat(ran("links", "pruned", "-o", "json").json().path("links")).hasSize(3);

    JsonNode gone = ran("apply", file.toString(), "--prune", "-o", "json").json().at("/groups/0");
    assertThat(gone.path("steps")).hasSize(2);
    JsonNode exported = ran("group", "export", "pruned", "-o", "json").json().at("/groups/0");
    assertThat(exported.path("members")).hasSize(3);
    assertThat(exported.path("members").get(0).path("endpoint").isNull()).isTrue();
    assertThat(exported.path("members").get(0).path("allowedSubnets")).hasSize(1);
    assertThat(exported.path("links").toString()).isEqualTo("[[\"seattle\",\"tacoma\"]]");
    assertThat(exported.path("rekeyEvery").asText()).isEqualTo("PT24H");
    assertThat(exported.path("name").asText()).isEqualTo("Pruned");
  }

  @Test
  void anExportAppliedElsewhereMakesTheSameGroup() throws Exception {
    String network = "../cli/src/test/resources/networks/Geant2011.graphml";
    assertThat(ran("import", network, "--group", "geant", "--dual-tunnel").exitCode()).isZero();
    String export = ran("group", "export", "geant").out();
    assertThat(new YAMLMapper().readTree(export))
        .isEqualTo(new YAMLMapper().readTree(ran("group", "export", "geant", "-o", "yaml").out()));

    assertThat(ran("apply", file("same", export).toString(), "--prune").out())
        .contains("geant: nothing to do");
    Path copy = file("copy", export.replace("id: \"geant\"", "id: \"copy\""));
    assertThat(ran("apply", copy.toString()).out()).contains("copy is as the file says");

    assertThat(ran("group", "export", "copy").out())
        .isEqualTo(export.replace("id: \"geant\"", "id: \"copy\""));
  }

  @Test
  void aTopologyComesAndGoesByFile() throws Exception {
    String mesh =
        """
        groups:
          - {id: shapes, topology: mesh, tunnelProtocol: wireguard, members: [{edge: a}, {edge: b}, {edge: c}]}
        """;
    assertThat(ran("apply", file("mesh", mesh).toString()).out()).contains("revision");
    assertThat(ran("group", "export", "shapes").out()).doesNotContain("links:");
    String star = mesh.replace("topology: mesh", "topology: hub-spoke, hub: a");
    assertThat(ran("apply", file("star", star).toString()).out())
        .contains("topology mesh → hub-spoke", "hub - → a", "new configuration for b and c");
    String byHand =
        mesh.replace("topology: mesh", "topology: partial-mesh, hub: null")
            .replace("}]}", "}], links: [[a, b], [b, c]]}");

    CliOutcome outcome = ran("apply", file("hand", byHand).toString(), "--prune");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(ran("group", "export", "shapes").out())
        .contains("hub: null", "- [\"a\", \"b\"]", "- [\"b\", \"c\"]")
        .doesNotContain("- [\"a\", \"c\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--prune"})
  void aHubIsReplacedByFile(String prune) throws Exception {
    String group = "shops" + prune;
    String before =
        """
        groups:
          - id: %s
            topology: hub-spoke
            tunnelProtocol: wireguard
            hub: hq-old
            members:
              - {edge: hq-old, endpoint: "192.0.2.10:51820", allowedSubnets: [10.0.0.0/8]}
              - {edge: shop-1}
              - {edge: shop-2}
        """
            .formatted(group);
    String after = before.replace("hq-old", "hq-new").replace(", allowedSubnets: [10.0.0.0/8]", "");
    if (!prune.isEmpty()) {
      after = before.replace("hq-old", "hq-new");
    }
    assertThat(ran("apply", file("hub", before).toString()).exitCode()).isZero();

    List<String> words = new ArrayList<>(List.of("apply", file("hub", after).toString()));
    if (!prune.isEmpty()) {
      words.add(prune);
    }
    CliOutcome outcome = ran(words.toArray(String[]::new));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode links = ran("links", group, "-o", "json").json().path("links");
    assertThat(links.valueStream().map(link -> link.path("id").asText()))
        .contains("hq-new~shop-1", "hq-new~shop-2")
        .hasSize(prune.isEmpty() ? 3 : 2);
    assertThat(ran("apply", file("hub", after).toString()).out()).contains("nothing to do");
  }

  @Test
  void networksAreRenumberedAndSwappedByFile() throws Exception {
    String file =
        """
        groups:
          - id: plants
            topology: partial-mesh
            tunnelProtocol: wireguard
            members:
              - {edge: alpha, allowedSubnets: ["10.20.%s.0/24"]}
              - {edge: bravo, allowedSubnets: ["10.20.%s.0/24"]}
            links:
              - [alpha, bravo]
        """;
    for (List<String> networks :
        List.of(List.of("1", "2"), List.of("2", "3"), List.of("3", "2"), List.of("1", "3"))) {
      String text = file.formatted(networks.toArray());

      CliOutcome outcome = ran("apply", file("plants", text).toString());

      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(ran("apply", file("plants", text).toString()).out()).contains("nothing to do");
    }
    String overlapping = file.formatted("7", "7");
    long revision = ran("group", "show", "plants", "-o", "json").json().path("revision").asLong();
    assertThat(ran("apply", file("plants", overlapping).toString()).err())
        .contains(":7: groups[0].members[1].allowedSubnets: 10.20.7.0/24 overlaps 10.20.7.0/24")
        .contains("of alpha in line 6");
    assertThat(ran("group", "show", "plants", "-o", "json").json().path("revision").asLong())
        .isEqualTo(revision);
  }

  @Test
  void anImportIsWholeOrNotAtAllAndGoesOnAfterABreak() throws Exception {
    String nodes =
        """
        <graphml><key attr.name="label" for="node" id="l"/><key attr.name="name" for="graph" id="n"/>
        <graph><data key="n">two
        lines</data>
        <node id="0"><data key="l">Val\u0092Is</data></node><node id="1"><data key="l">Lyon</data></node>
        <edge source="0" target="1"/></graph></graphml>
        """;
    Path file = Files.writeString(directory.resolve("stray.graphml"), nodes);

    CliOutcome outcome = ran("import", file.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("name was made one that a group can have: two lines")
        .contains("1 labels were made names")
        .contains("2 members and 1 links added");
    assertThat(ran("link", "remove", "stray", "lyon", "val-is").exitCode()).isZero();
    assertThat(ran("import", file.toString()).out()).contains("0 members and 1 links added");
    assertThat(ran("member", "change", "stray", "lyon", "--name", "Lugdunum").exitCode()).isZero();
    assertThat(ran("member", "remove", "stray", "val-is").exitCode()).isZero();
    CliOutcome other = ran("import", file.toString());
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("lyon has name Lugdunum, not Lyon", "nothing was sent");
    assertThat(ran("members", "stray", "-o", "json").json().path("members")).hasSize(1);
  }

  @Test
  void aWrongFileIsRefusedBeforeAnythingIsSent() throws Exception {
    Path unknown = file("unknown", WEST.formatted("wrong").replace("name:", "nam:"));
    CliOutcome refused = ran("apply", unknown.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains(":7: groups[0].members[1].nam: unknown field; allowed");

    assertThat(ran("apply", file("kind", WEST.formatted("kind")).toString()).exitCode()).isZero();
    String two =
        WEST.formatted("new")
            + WEST.formatted("kind").replace("groups:\n", "").replace("ipsec", "wireguard");
    CliOutcome other = ran("apply", file("two", two).toString());
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("groups[1].tunnelProtocol: group kind has ipsec for ever");
    assertThat(ran("group", "show", "new").err()).contains("UNKNOWN_GROUP");

    assertThat(ran("apply", "no-such-file.yaml").exitCode()).isEqualTo(2);
  }

  @Test
  void aReplayArrivesAtWhatTheServerShows() throws Exception {
    assertThat(ran("apply", file("r", WEST.formatted("replayed")).toString()).exitCode()).isZero();
    assertThat(ran("link", "remove", "replayed", "denver", "boise").exitCode()).isZero();
    assertThat(ran("group", "create", "brief").exitCode()).isZero();
    assertThat(ran("group", "delete", "brief").exitCode()).isZero();

    CliOutcome all = replay("--compare");

    assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
    assertThat(all.out())
        .containsPattern("replayed +7 +3 +1 +1 +\\S+ +alice +active")
        .containsPattern("brief +2 +0 +0 +0 +\\S+ +alice +deleted")
        .contains("revisions are dense, and each event can follow")
        .contains(run.url() + " shows the same");
    assertThat(all.err()).containsPattern("partition \\d+ (\\d+)/\\1\\R");

    JsonNode before = replay("--group", "replayed", "--until", "6", "-o", "json").json();
    assertThat(before.at("/shown/linkList")).hasSize(2);
    assertThat(before.at("/shown/memberList/0/isolated").asBoolean()).isFalse();
    assertThat(replay("--group", "replayed").out()).contains("boise", "isolated", "denver~seattle");
    assertThat(replay("--group", "replayed", "--until", "99").err())
        .contains("never at revision 99: the log has 1 to 7");
    assertThat(replay("--until", "99").exitCode()).isEqualTo(2);
  }

  @Test
  void aClusterThatIsNotThereIsSaid() {
    CliOutcome outcome = ran("replay", "--bootstrap-servers", "no such place");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("Kafka cannot be asked").doesNotContain("bug");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aDamagedLogIsToldByItsPlace() throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", run.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  LinkwrightTopics.EVENTS.name(), 0, "ghost", "?".getBytes(StandardCharsets.UTF_8)))
          .get();
    }

    CliOutcome outcome = replay();

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("the log is damaged in 1 places")
        .containsPattern("partition 0, offset \\d+, group 'ghost', revision -: ");
    assertThat(outcome.err()).doesNotContain("Exception");
  }

  private static CliOutcome replay(String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "replay";
    words[1] = "--bootstrap-servers";
    words[2] = run.bootstrapServers();
    System.arraycopy(options, 0, words, 3, options.length);
    return ran(words);
  }

  private static Path file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name + ".yaml"), text);
  }

  private static CliOutcome ran(String... words) {
    return CliOutcome.of(settings, words);
  }
}
