package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices as processes of their own, from the token to the link and back. */
@Tag("broker")
final class EnrollmentTest {
  private static final String GROUP = "site";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static LinkwrightProcess.Site site;
  private static LinkwrightProcess server;
  private static LinkwrightApi api;

  /** Everything that must not be found anywhere. */
  private static final List<String> TOKENS = new ArrayList<>();

  @BeforeAll
  static void start() {
    site = LinkwrightProcess.Site.in(directory.resolve("data"));
    server = LinkwrightProcess.up(site);
    api = new LinkwrightApi(site.server());
    new Operator(api).createPartialMesh(GROUP, TunnelProtocol.WIREGUARD);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void aLinkComesToLifeWithItsDevicesAndALostOneIsCutOff() throws Exception {
    Operator operator = new Operator(api);
    String alphaToken = added("alpha");
    String betaToken = added("beta");
    JsonNode link = operator.addLink(GROUP, "alpha", "beta");
    assertThat(link.path("affectedEdges")).isEmpty();
    assertThat(link.path("awaitingEdges")).hasSize(2);
    assertThat(new Log(site.bootstrapServers()).raw("linkwright.edge-config")).isEmpty();

    succeed(join("alpha", alphaToken, "alpha"));
    succeed(join("beta", betaToken, "beta"));
    try (LinkwrightProcess beta = run("beta")) {
      try (LinkwrightProcess alpha = run("alpha")) {
        says(alpha, "set=[alpha~beta]");
        says(beta, "set=[alpha~beta]");
        showsEnrollment("alpha", "enrolled");
        assertThat(succeed(edge("status", "--state-dir", home("alpha"))))
            .contains("alpha~beta", "wg2", "wg3");

        post("/alpha:revoke");

        says(beta, "removed=[alpha~beta]");
        says(alpha, "4403");
        showsEnrollment("alpha", "revoked");
      }
      String again = post("/alpha:token").path("token").asText();
      TOKENS.add(again);
      assertThat(fail(join("alpha", again, "alpha"))).contains("KEYS_REVOKED");
      succeed(join("alpha", again, "alpha-replaced"));
      try (LinkwrightProcess alpha = run("alpha-replaced")) {
        says(alpha, "set=[alpha~beta]");
        Eventually.holds(
            LIMIT, () -> beta.output().split("set=\\[alpha~beta]", -1).length == 3, beta::output);
      }
      restartsWithoutTheServer();
    }
    assertThat(filesWith(TOKENS)).isEmpty();
    assertThat(server.output()).doesNotContain(TOKENS.toArray(String[]::new));
  }

  /** The last good configuration is there before anybody answers. */
  private void restartsWithoutTheServer() {
    assertThat(
            succeed(
                edge(
                    "run",
                    "--driver",
                    "simulated",
                    "--dry-run",
                    "--state-dir",
                    home("alpha-replaced"))))
        .contains("the server is not asked", "would set group=site link=alpha~beta peer=beta");
    try (LinkwrightProcess alone =
        edge(
            "run",
            "--driver",
            "simulated",
            "--state-dir",
            home("alpha-replaced"),
            "--server",
            "http://127.0.0.1:1")) {
      says(alone, "disconnected edge=alpha");
    }
  }

  @Test
  void aTokenThatIsForgedUsedOrExpiredIsRefusedAndLeavesNothing() throws Exception {
    String token = added("gamma");
    String forged =
        EnrollmentToken.of("0".repeat(16), new byte[EnrollmentToken.SECRET_BYTES]).reveal();

    assertThat(fail(join("gamma", forged, "forged"))).contains("TOKEN_INVALID");
    succeed(join("gamma", token, "gamma"));
    assertThat(fail(join("gamma", token, "thief"))).contains("TOKEN_USED");

    ObjectNode body = Operator.object().put("edge", "delta").put("enrollmentTtl", "PT1S");
    JsonNode shortLived = api.send(ApiCommand.post(members(), body));
    Instant expiry = Instant.parse(shortLived.path("tokenExpiresAt").asText());
    Eventually.holds(LIMIT, () -> Instant.now().isAfter(expiry), () -> "clock stands still");
    assertThat(fail(join("delta", shortLived.path("token").asText(), "late")))
        .contains("TOKEN_EXPIRED");

    assertThat(Stream.of("forged", "thief", "late").map(name -> Path.of(home(name))))
        .allSatisfy(home -> assertThat(home).doesNotExist());
  }

  @Test
  void aDeviceThatWasAwayWhenItWasRevokedIsToldWhenItComesBack() throws Exception {
    succeed(join("eta", added("eta"), "eta"));
    succeed(join("theta", added("theta"), "theta"));
    new Operator(api).addLink(GROUP, "eta", "theta");
    try (LinkwrightProcess eta = run("eta")) {
      says(eta, "set=[eta~theta]");
    }
    post("/eta:revoke");

    try (LinkwrightProcess eta = run("eta")) {
      says(eta, "removed=[eta~theta]");
      says(eta, "4403 no membership any more: " + GROUP);
      says(eta, "run edge join with a new token");
    }
    assertThat(succeed(edge("status", "--state-dir", home("eta")))).doesNotContain("eta~theta");
  }

  private static String added(String edge) {
    JsonNode answer = new Operator(api).addMember(GROUP, edge);
    assertThat(answer.path("affectedEdges")).isEmpty();
    String token = answer.path("token").asText();
    assertThat(token).startsWith("lwe_");
    TOKENS.add(token);
    return token;
  }

  private static JsonNode post(String path) {
    return api.send(ApiCommand.post(members() + path, Operator.object()));
  }

  /** The view follows the log a moment later. */
  private static void showsEnrollment(String edge, String expected) {
    Eventually.holds(
        LIMIT, () -> enrollment(edge).equals(expected), () -> api.get(members()).toString());
  }

  private static String enrollment(String edge) {
    for (JsonNode member : api.get(members()).path("members")) {
      if (member.path("edge").asText().equals(edge)) {
        return member.path("enrollment").asText();
      }
    }
    throw new AssertionError("no member " + edge);
  }

  private static String members() {
    return Operator.members(GROUP);
  }

  private static LinkwrightProcess join(String edge, String token, String home) {
    try {
      Path file = Files.writeString(Files.createTempFile(directory, "token", ""), token);
      LinkwrightProcess join =
          edge(
              "join",
              "--server",
              site.server().toString(),
              "--group",
              GROUP,
              "--edge",
              edge,
              "--token-file",
              file.toString(),
              "--state-dir",
              home(home));
      join.exitCode(LIMIT);
      Files.delete(file);
      return join;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static LinkwrightProcess run(String home) {
    return edge("run", "--driver", "simulated", "--state-dir", home(home));
  }

  private static LinkwrightProcess edge(String... arguments) {
    List<String> all = new ArrayList<>(List.of("edge"));
    all.addAll(List.of(arguments));
    return LinkwrightProcess.run(all);
  }

  private static String home(String name) {
    return directory.resolve("devices").resolve(name).toString();
  }

  private static void says(LinkwrightProcess process, String line) {
    Eventually.holds(LIMIT, () -> process.output().contains(line), process::output);
  }

  private static String succeed(LinkwrightProcess process) {
    return ended(process, 0);
  }

  private static String fail(LinkwrightProcess process) {
    return ended(process, 1);
  }

  private static String ended(LinkwrightProcess process, int code) {
    try (process) {
      int actual = process.exitCode(LIMIT);
      assertThat(actual).as(process.output()).isEqualTo(code);
      return process.output();
    }
  }

  /** Files of the server and of the devices. */
  private static List<Path> filesWith(List<String> tokens) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> containsAny(file, tokens)).toList();
    }
  }

  private static boolean containsAny(Path file, List<String> tokens) {
    try {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return tokens.stream().anyMatch(content::contains);
    } catch (IOException gone) {
      return false;
    }
  }
}
