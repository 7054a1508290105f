package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.terminal.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's day, against a run with the real services; the server is a setting. */
@Tag("broker")
class DailyCommandsTest {
  @TempDir private static Path directory;
  private static DataDirectory data;
  private static AllInOne run;
  private static Settings settings;

  @BeforeAll
  static void start() throws Exception {
    data = DataDirectory.open(directory.resolve("data"));
    run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, "server: %s\nactor: alice\n".formatted(run.url()));
    settings = new Settings(Map.of("LINKWRIGHT_CONFIG", file.toString()), directory);
  }

  @AfterAll
  static void stop() throws Exception {
    run.close();
    data.close();
  }

  @Test
  void aGroupComesChangesAndGoes() {
    did("created day: partial-mesh, ipsec", "group create day --protocol ipsec --dual-tunnel");
    did("added alpha to day, revision 2", "member add day alpha --latitude 47.6 --longitude -122");
    did("added beta to day, revision 3", "member add day beta");
    did("added gamma to day, revision 4", "member add day gamma");
    did("added 2 and removed 0 links, revision 6", "link batch day --add alpha~beta,gamma~beta");
    did("changed beta, revision", "member change day beta --endpoint 192.0.2.9:4500");
    did(
        "changed day: Day, mesh, single",
        "group change day --topology mesh --no-dual-tunnel --name Day");
    awaitView("day");

    assertThat(ran("group show day").out()).contains("mesh", "single");
    assertThat(ran("member show day beta").out()).contains("192.0.2.9:4500", "awaiting");
    assertThat(ran("graph day").out()).contains("3 members, 3 links", "alpha beta gamma");
    assertThat(ran("events day --from 2 --limit 1").out())
        .contains("alice", "MemberAdded", "alpha");

    CliOutcome refused = ran("link remove day alpha beta");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("LINKS_ARE_AUTOMATIC", "--topology partial-mesh");

    did("removed gamma from day", "member remove day gamma");
    did("deleted day", "group delete day");
  }

  @Test
  void associationsHaveAnAlgorithmAndLimits() {
    did(
        "created sas",
        "group create sas --protocol ipsec --sa-algorithm aes-gcm-256-esn"
            + " --rekey-after-bytes 4294967296");
    did("changed sas", "group change sas --rekey-after-packets 1000000");
    awaitView("sas");
    assertThat(ran("group show sas").out()).contains("aes-gcm-256-esn", "4294967296", "1000000");

    did(
        "changed sas",
        "group change sas --sa-algorithm aes-cbc-256-hmac-sha-256-128 --no-rekey-limits");
    awaitView("sas");
    assertThat(ran("group show sas").out())
        .contains("aes-cbc-256-hmac-sha-256-128")
        .doesNotContain("4294967296", "1000000");

    assertThat(ran("group create wg --sa-algorithm aes-gcm-256-esn").err())
        .contains("WireGuard has one cipher");
    assertThat(ran("group create sas2 --sa-algorithm des").exitCode()).isEqualTo(2);
  }

  @Test
  void aDryRunWritesNothingAndARepetitionIsDoneOnce() {
    did("created dry", "group create dry --idempotency-key make-dry");
    did("created dry", "group create dry --idempotency-key make-dry");
    did("dry run, nothing is changed: added alpha to dry", "member add dry alpha --dry-run");
    did("added alpha to dry, revision 2", "member add dry alpha --if-match 1 --actor bob");

    CliOutcome late = ran("member add dry beta --if-match 1");

    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.err()).contains("REVISION_MISMATCH", "linkwright events GROUP");
    awaitView("dry");
    assertThat(ran("events dry -o json").json().path("events"))
        .extracting(event -> event.path("actor").asText())
        .containsExactly("alice", "bob");
  }

  @Test
  void yamlSaysWhatJsonSays() throws Exception {
    did("created forms", "group create forms --name 007");
    awaitView("forms");

    for (String command : List.of("group show forms", "members forms", "links forms", "health")) {
      JsonNode yaml = new YAMLMapper().readTree(ran(command + " -o yaml").out());
      assertThat(yaml).isEqualTo(ran(command + " -o json").json());
    }
  }

  @Test
  void aWatchedTableIsShownAgainWhenTheGroupChanges() throws Exception {
    did("created watched", "group create watched");
    did("added alpha", "member add watched alpha");
    awaitView("watched");
    try (RunningCommand watch = running("members watched --watch");
        RunningCommand lines = running("members watched --watch -o json")) {
      watch.awaitOutput(text -> text.contains("alpha"));
      lines.awaitOutput(text -> text.lines().count() == 1);

      did("added beta", "member add watched beta");

      watch.awaitOutput(text -> text.contains("beta"));
      lines.awaitOutput(text -> text.lines().count() >= 2);
      assertThat(watch.output().lines().filter(line -> line.startsWith("EDGE"))).hasSize(2);
      assertThat(watch.interrupt()).isZero();
    }
  }

  @Test
  void aWatchEndsWithItsGroup() throws Exception {
    did("created brief", "group create brief");
    awaitView("brief");
    try (RunningCommand watch = running("group show brief --watch")) {
      watch.awaitOutput(text -> text.contains("brief"));

      did("deleted brief", "group delete brief");

      assertThat(watch.exitCode()).isEqualTo(1);
      assertThat(watch.errors()).contains("UNKNOWN_GROUP");
    }
  }

  @Test
  void aCallOfTheApiIsMadeAsItIs() {
    assertThat(ran("api GET /registry/subjects").json()).isNotEmpty();
    assertThat(ran("api get /metrics").out()).contains("# HELP");
    assertThat(ran("api GET /v1/groups/nowhere").err()).contains("UNKNOWN_GROUP");
    assertThat(ran("api GET v1/groups").exitCode()).isEqualTo(2);
  }

  private static void did(String words, String command) {
    CliOutcome outcome = ran(command);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith(words);
  }

  /** Queries follow commands after milliseconds. */
  private static void awaitView(String group) {
    long revision =
        ran("api PATCH /v1/groups/%s?dryRun=true --body {}".formatted(group))
            .json()
            .path("revision")
            .asLong();
    ran("api GET /v1/groups/%s?minRevision=%d".formatted(group, revision)).json();
  }

  private static CliOutcome ran(String command) {
    return CliOutcome.of(settings, words(command));
  }

  private static RunningCommand running(String command) {
    return new RunningCommand(settings, words(command));
  }

  private static String[] words(String command) {
    return command.split(" ", -1);
  }
}
