package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.terminal.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following one group, several and all, against a run with the real services. */
@Tag("broker")
class TailCommandTest {
  @TempDir private static Path directory;
  private static DataDirectory data;
  private static AllInOne run;

  @BeforeAll
  static void start() throws Exception {
    data = DataDirectory.open(directory.resolve("data"));
    run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
  }

  @AfterAll
  static void stop() throws Exception {
    run.close();
    data.close();
  }

  @Test
  void severalGroupsAreFollowedEachFromItsRevision() throws Exception {
    pair("red");
    pair("blue");
    try (RunningCommand tail = running(run.url(), "tail", "red@3", "blue", "--after", "0")) {
      tail.awaitOutput(text -> text.lines().count() >= 2 + 4);

      assertThat(tail.output().lines().filter(line -> line.contains("  red@")))
          .hasSize(2)
          .allMatch(line -> line.contains("red@4  MemberConnected"));
      assertThat(tail.output().lines().filter(line -> line.contains("  blue@")))
          .hasSize(4)
          .filteredOn(line -> line.contains("MemberIsolated"))
          .hasSize(2);
      assertThat(tail.interrupt()).isZero();
    }
  }

  @Test
  void allGroupsAreFollowedAndThoseThatComeFromTheirBeginning() throws Exception {
    pair("there");
    try (RunningCommand tail = running(run.url(), "tail", "--all", "-o", "json")) {
      awaitFollowed("there", tail);
      pair("newcomer");

      tail.awaitOutput(text -> changes(text, "newcomer").size() == 4);

      assertThat(changes(tail.output(), "newcomer"))
          .extracting(line -> line.path("data").path("type").asText())
          .containsExactly("GroupCreated", "MemberAdded", "MemberAdded", "LinkAdded");
    }
  }

  @Test
  void aBrokenConnectionIsResumedWithoutAGapOrARepetition() throws Exception {
    pair("steady");
    try (CuttableProxy proxy = new CuttableProxy(run.url());
        RunningCommand tail = running(proxy.url(), "tail", "steady@0", "--all", "-o", "json")) {
      tail.awaitOutput(text -> changes(text, "steady").size() == 4);

      for (int round = 1; round <= 3; round++) {
        proxy.cut();
        int total = 4 + 2 * round;
        done("link", "remove", "steady", "alpha", "beta");
        done("link", "add", "steady", "alpha", "beta");
        tail.awaitOutput(text -> changes(text, "steady").size() >= total);
      }

      assertThat(changes(tail.output(), "steady"))
          .extracting(line -> line.path("data").path("revision").asInt())
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      assertThat(tail.interrupt()).isZero();
    }
  }

  @Test
  void aGroupThatIsNotThereEndsIt() throws Exception {
    try (RunningCommand tail = running(run.url(), "tail", "nowhere")) {
      assertThat(tail.exitCode()).isEqualTo(1);
      assertThat(tail.errors()).contains("UNKNOWN_GROUP");
    }
  }

  /** A group of two members and their link: revisions 1 to 4. */
  private static void pair(String group) {
    done("group", "create", group);
    done("member", "add", group, "alpha");
    done("member", "add", group, "beta");
    done("link", "add", group, "alpha", "beta");
    done("api", "GET", "/v1/groups/%s?minRevision=4".formatted(group));
  }

  /** Changes the group until the command shows it: it has listed the groups by then. */
  private static void awaitFollowed(String group, RunningCommand tail) throws InterruptedException {
    tail.awaitOutput(
        text -> {
          boolean followed = !changes(text, group).isEmpty();
          if (!followed) {
            done("link", "remove", group, "alpha", "beta");
            done("link", "add", group, "alpha", "beta");
          }
          return followed;
        });
  }

  private static List<JsonNode> changes(String output, String group) {
    return output
        .lines()
        .map(TailCommandTest::json)
        .filter(line -> line.path("group").asText().equals(group))
        .filter(line -> line.path("event").asText().equals("change"))
        .toList();
  }

  /** The last line may be half written. */
  private static JsonNode json(String line) {
    try {
      return LinkwrightApi.mapper().readTree(line);
    } catch (JsonProcessingException half) {
      return LinkwrightApi.mapper().missingNode();
    }
  }

  private static void done(String... arguments) {
    CliOutcome outcome = CliOutcome.of(settings(run.url()), arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static RunningCommand running(URI server, String... arguments) {
    return new RunningCommand(settings(server), arguments);
  }

  private static Settings settings(URI server) {
    return new Settings(Map.of("LINKWRIGHT_SERVER", server.toString()), directory);
  }
}
