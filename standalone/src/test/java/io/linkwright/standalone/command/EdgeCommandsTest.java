package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator and a device do to each other, against a run with the real services. */
@Tag("broker")
class EdgeCommandsTest {
  private static final Pattern TOKEN = Pattern.compile("(lwe_\\S+)");

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static AllInOne run;

  @TempDir private Path devices;

  @BeforeAll
  static void start() throws Exception {
    data = DataDirectory.open(directory.resolve("data"));
    run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
    try (LinkwrightApi api = new LinkwrightApi(run.url())) {
      for (String group : new String[] {"red", "blue"}) {
        api.send(
            ApiCommand.post(
                "/v1/groups",
                LinkwrightApi.mapper()
                    .createObjectNode()
                    .put("id", group)
                    .put("topology", "partial-mesh")
                    .put("tunnelProtocol", "wireguard")));
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    run.close();
    data.close();
  }

  @Test
  void aMemberIsAddedAndItsDeviceJoinsWithWhatWasPrinted() throws Exception {
    String token = added("red", "alpha");

    Outcome joined = join("red", "alpha", token, home("alpha"));

    assertThat(joined.exitCode()).as(joined.err()).isZero();
    assertThat(joined.out())
        .contains("enrolled in red", "linkwright edge run")
        .doesNotContain(token);
    assertThat(permissions(home("alpha"))).isEqualTo("rwx------");
    assertThat(permissions(home("alpha").resolve("keys.json"))).isEqualTo("rw-------");
    assertThat(permissions(home("alpha").resolve("edge.json"))).isEqualTo("rw-------");
    JsonNode status = json(status(home("alpha"), "-o", "json"));
    assertThat(status.path("edge").asText()).isEqualTo("alpha");
    assertThat(status.path("controllerKeyId").asText()).isEqualTo(run.controllerKey().keyId());
    assertThat(status.path("joined").toString()).isEqualTo("[\"red\"]");
    assertThat(status(home("alpha")).out()).contains("edge alpha", "No configuration yet");
  }

  @Test
  void aRefusedJoinLeavesNothingBehind() {
    added("red", "beta");
    String forged =
        EnrollmentToken.of("0".repeat(16), new byte[EnrollmentToken.SECRET_BYTES]).reveal();

    Outcome refused = join("red", "beta", forged, home("beta"));
    Outcome cut = join("red", "beta", "lwe_abc", home("beta"));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("TOKEN_INVALID", "new one").doesNotContain(forged);
    assertThat(cut.exitCode()).isEqualTo(2);
    assertThat(cut.err()).contains("is no enrollment token").doesNotContain("lwe_abc");
    assertThat(home("beta")).doesNotExist();
  }

  @Test
  void aSecondGroupIsJoinedWithTheSameKeysAndAnotherEdgeIsNot() throws Exception {
    join("red", "gamma", added("red", "gamma"), home("gamma"));
    byte[] keys = Files.readAllBytes(home("gamma").resolve("keys.json"));

    Outcome second = join("blue", "gamma", added("blue", "gamma"), home("gamma"));
    Outcome other = join("blue", "delta", added("blue", "delta"), home("gamma"));

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(Files.readAllBytes(home("gamma").resolve("keys.json"))).isEqualTo(keys);
    assertThat(json(status(home("gamma"), "-o", "json")).path("joined").toString())
        .isEqualTo("[\"blue\",\"red\"]");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("directory of edge gamma", "--state-dir");
  }

  @Test
  void aRevokedDeviceComesBackWithNewKeysOnly() throws Exception {
    join("red", "epsilon", added("red", "epsilon"), home("epsilon"));
    byte[] before = Files.readAllBytes(home("epsilon").resolve("keys.json"));

    Outcome revoked = server("member", "revoke", "red", "epsilon");
    String token = token(server("member", "token", "red", "epsilon"));
    Outcome same = join("red", "epsilon", token, home("epsilon"));
    byte[] kept = Files.readAllBytes(home("epsilon").resolve("keys.json"));
    Outcome renewed = join("red", "epsilon", token, home("epsilon"), "--new-keys");

    assertThat(revoked.out()).contains("revoked epsilon", "member token red epsilon");
    assertThat(same.exitCode()).isEqualTo(1);
    assertThat(same.err()).contains("KEYS_REVOKED");
    assertThat(kept).isEqualTo(before);
    assertThat(renewed.exitCode()).as(renewed.err()).isZero();
    assertThat(Files.readAllBytes(home("epsilon").resolve("keys.json"))).isNotEqualTo(before);
    assertThat(home("epsilon").resolve("keys.next.json")).doesNotExist();
  }

  @Test
  void aTokenIsReadFromAFileToo() throws Exception {
    Path file = Files.writeString(devices.resolve("token"), added("red", "zeta") + "\n");

    Outcome joined =
        server(
            "edge",
            "join",
            "--group",
            "red",
            "--edge",
            "zeta",
            "--token-file",
            file.toString(),
            "--state-dir",
            home("zeta").toString());

    assertThat(joined.exitCode()).as(joined.err()).isZero();
    assertThat(server("members", "red").out()).contains("ENROLLMENT");
  }

  @Test
  void aDirectoryThatOthersCanReadIsRefusedBeforeTheTokenIsUsed() throws Exception {
    Path open = Files.createDirectory(home("eta"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

    Outcome refused = join("red", "eta", added("red", "eta"), open);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("open to others", "chmod 700");
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void whoHasNotJoinedIsToldTo() {
    Outcome run = execute("edge", "run", "--state-dir", home("theta").toString());
    Outcome status = status(home("theta"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("join a group first");
    assertThat(status.err()).contains("join a group first");
    assertThat(home("theta")).doesNotExist();
  }

  private Path home(String edge) {
    return devices.resolve(edge);
  }

  private static String added(String group, String edge) {
    return token(server("member", "add", group, edge, "--ttl", "PT10M"));
  }

  private static String token(Outcome outcome) {
    Matcher token = TOKEN.matcher(outcome.out());
    assertThat(token.find()).as(outcome.out() + outcome.err()).isTrue();
    return token.group(1);
  }

  private static Outcome join(
      String group, String edge, String token, Path home, String... options) {
    String[] arguments =
        concat(
            new String[] {
              "edge",
              "join",
              "--group",
              group,
              "--edge",
              edge,
              "--token",
              token,
              "--state-dir",
              home.toString()
            },
            options);
    return server(arguments);
  }

  private static Outcome status(Path home, String... options) {
    return execute(
        concat(new String[] {"edge", "status", "--state-dir", home.toString()}, options));
  }

  private static Outcome server(String... arguments) {
    return execute(concat(arguments, new String[] {"--server", run.url().toString()}));
  }

  private static String[] concat(String[] one, String[] other) {
    return Stream.of(one, other).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static JsonNode json(Outcome outcome) throws JsonProcessingException {
    return LinkwrightApi.mapper().readTree(outcome.out());
  }

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        AllCommands.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
