package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.http.access.Authentication;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.RunException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a run with the real broker and services. */
@Tag("broker")
class AllInOneCommandsTest {
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
  void aSecondImportOfTheSameFileChangesNothing() throws Exception {
    Path file = Path.of("../cli/src/test/resources/networks/Geant2011.graphml");

    JsonNode first = json("import", file.toString(), "--output", "json");
    JsonNode second = json("import", file.toString(), "--output", "json");

    assertThat(first.at("/file/nodes").asInt()).isEqualTo(40);
    assertThat(first.at("/file/parallelEdges").asInt()).isEqualTo(2);
    assertThat(first.at("/added/members").asInt()).isEqualTo(40);
    assertThat(first.at("/added/links").asInt()).isEqualTo(59);
    assertThat(first.path("revision").asInt()).isEqualTo(1 + 40 + 59);
    assertThat(second.at("/added/members").asInt()).isZero();
    assertThat(second.at("/added/links").asInt()).isZero();
    assertThat(second.path("revision")).isEqualTo(first.path("revision"));
    assertThat(json("links", "geant2011", "-o", "json").path("links")).hasSize(59);
    assertThat(json("members", "geant2011", "-o", "json").path("members")).hasSize(40);
  }

  @Test
  void anImportIntoAGroupOfAnotherKindIsRefused() {
    String file = "../cli/src/test/resources/networks/Nsfcnet.graphml";
    assertThat(execute("import", file, "--group", "kinds").exitCode()).isZero();

    Outcome refused = execute("import", file, "--group", "kinds", "--protocol", "ipsec");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("'kinds' is there already with tunnel protocol wireguard");
  }

  @Test
  void linksAreAddedShownAndRemoved() {
    execute("import", "../cli/src/test/resources/networks/Nsfcnet.graphml", "--group", "links");
    JsonNode members = json("members", "links", "-o", "json").path("members");
    String isolated = edgeThat(members, true);
    String linked = edgeThat(members, false);

    Outcome added = execute("link", "add", "links", isolated, linked);
    Outcome again = execute("link", "add", "links", linked, isolated);
    Outcome removed = execute("link", "remove", "links", linked, isolated);

    assertThat(added.exitCode()).isZero();
    assertThat(added.out())
        .contains("no edge gets new configuration now")
        .contains("when both ends of their links are enrolled");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("LINK_EXISTS");
    assertThat(removed.exitCode()).isZero();
    long revision = 1 + 10 + 10 + 2;
    awaitRevision("links", revision);
    assertThat(execute("links", "links").out().lines())
        .hasSize(1 + 10)
        .noneMatch(line -> line.startsWith(isolated + " "));
    assertThat(execute("members", "links").out()).contains("isolated");
    assertThat(execute("groups").out()).contains("links").contains("partial-mesh");
  }

  @Test
  void anUnknownGroupIsSaidInTheServersWords() {
    Outcome outcome = execute("links", "nowhere");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("nowhere").contains("UNKNOWN_GROUP");
  }

  @Test
  void theRegistryServesTheSchemas() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String subjects =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(run.registryUrl() + "/subjects")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();

      assertThat(subjects).contains("linkwright.events-value", "linkwright.edge-config-value");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeAnythingStarts() throws Exception {
    try (DataDirectory other = DataDirectory.open(directory.resolve("other"))) {
      assertThatThrownBy(
              () ->
                  AllInOne.start(new AllInOneConfig(run.httpPort(), 0, Authentication.NONE), other))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("port " + run.httpPort())
          .hasMessageContaining("--port");
      assertThat(other.kafka()).doesNotExist();
    }
  }

  /** Queries follow commands after milliseconds. */
  private static void awaitRevision(String group, long revision) {
    try (LinkwrightApi api = new LinkwrightApi(run.url())) {
      JsonNode view = api.get("/v1/groups/%s?minRevision=%d".formatted(group, revision));
      assertThat(view.path("revision").asLong()).isEqualTo(revision);
    }
  }

  private static String edgeThat(JsonNode members, boolean isolated) {
    for (JsonNode member : members) {
      if (member.path("isolated").asBoolean() == isolated) {
        return member.path("edge").asText();
      }
    }
    throw new AssertionError("no such member in " + members);
  }

  private static JsonNode json(String... arguments) {
    Outcome outcome = execute(arguments);
    assertThat(outcome.err()).doesNotContain("linkwright:");
    assertThat(outcome.exitCode()).isZero();
    try {
      return LinkwrightApi.mapper().readTree(outcome.out());
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(outcome.out(), noJson);
    }
  }

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--server";
    all[arguments.length + 1] = run.url().toString();
    int exitCode =
        AllCommands.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(all);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
