package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.PrivateFiles;
import io.linkwright.http.access.Grant;
import io.linkwright.http.access.Role;
import io.linkwright.http.access.StaticToken;
import io.linkwright.http.access.TokenEntry;
import io.linkwright.http.access.TokenFile;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.systemtests.Browser.Look;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product, asking everybody who they are. */
@Tag("browser")
final class AccessTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Map<String, String> TOKENS = new LinkedHashMap<>();

  @TempDir private static Path directory;
  private static LinkwrightProcess process;
  private static URI server;

  @BeforeAll
  static void start() throws Exception {
    List<TokenEntry> entries = new ArrayList<>();
    entries.add(entry("victor", Grant.of(Role.VIEWER)));
    entries.add(entry("olga", new Grant(Role.OPERATOR, List.of("west-*"))));
    entries.add(entry("ada", Grant.of(Role.ADMIN)));
    Path tokens = Files.write(directory.resolve("tokens.json"), TokenFile.text(entries));
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("data"));
    process = LinkwrightProcess.up(site, "--tokens", tokens.toString(), "--simulate");
    server = site.server();
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  private static TokenEntry entry(String name, Grant grant) {
    String token = StaticToken.make(new SecureRandom());
    TOKENS.put(name, token);
    return new TokenEntry(name, grant, StaticToken.hash(token), Optional.empty());
  }

  @Test
  void everybodyDoesWhatTheyMayAndTheLogSaysWhoItWas() {
    try (LinkwrightApi olga = api("olga");
        LinkwrightApi victor = api("victor");
        LinkwrightApi nobody = new LinkwrightApi(server)) {
      new Operator(olga).createPartialMesh("west-1", TunnelProtocol.WIREGUARD);
      ApiCommand claimed =
          ApiCommand.patch("/v1/groups/west-1", Operator.object().put("name", "West"))
              .withActor("mallory");
      olga.send(claimed);

      JsonNode events = olga.get("/v1/groups/west-1/events?minRevision=2").path("events");
      assertThat(events.findValuesAsText("actor")).containsOnly("token:olga");
      assertThat(victor.get("/v1/groups/west-1?minRevision=2").path("name").textValue())
          .isEqualTo("West");
      refused(403, () -> new Operator(olga).createPartialMesh("east", TunnelProtocol.WIREGUARD));
      refused(
          403, () -> new Operator(victor).createPartialMesh("west-2", TunnelProtocol.WIREGUARD));
      refused(403, () -> victor.get("/v1/groups/west-1/events"));
      refused(
          403, () -> olga.send(ApiCommand.post("/v1/groups/west-1:recover", Operator.object())));
      refused(401, () -> nobody.get("/v1/groups"));
      refused(401, () -> new Operator(nobody).createPartialMesh("x", TunnelProtocol.WIREGUARD));
    }
  }

  /** Edges prove who they are with their keys, and the process itself with a token of its own. */
  @Test
  void edgesComeUpWithoutATokenOfTheFile() {
    try (LinkwrightApi ada = api("ada")) {
      Operator operator = new Operator(ada);
      operator.createPartialMesh("east-1", TunnelProtocol.WIREGUARD);
      operator.addMember("east-1", "a");
      operator.addMember("east-1", "b");
      ObjectNode link = Operator.object().put("edgeA", "a").put("edgeB", "b");
      ada.send(ApiCommand.post("/v1/groups/east-1/links", link));

      Eventually.holds(
          LIMIT,
          () -> ada.get("/v1/groups/east-1/links").toString().contains("\"UP\""),
          () -> ada.get("/v1/groups/east-1/links").toString());
      assertThat(ada.get("/v1/groups/east-1/events").path("events").findValuesAsText("actor"))
          .contains("token:ada", "linkwright");
    }
  }

  @Test
  void theCommandLineShowsItsToken() throws Exception {
    Path token = directory.resolve("olga.token");
    PrivateFiles.replace(token, TOKENS.get("olga").getBytes(US_ASCII));
    try (LinkwrightProcess asked =
        LinkwrightProcess.run(
            List.of(
                "whoami", "--server", server.toString(), "--api-token-file", token.toString()))) {
      assertThat(asked.exitCode(LIMIT)).isZero();
      assertThat(asked.output()).contains("token:olga: operator of west-*");
    }
  }

  @Test
  void visitorsOfTheConsoleSignInAndCommandAsWhoTheyAre() {
    try (Browser browser = Browser.start();
        LinkwrightApi ada = api("ada")) {
      new Operator(ada).createPartialMesh("west-7", TunnelProtocol.WIREGUARD);
      Page page = browser.page(Look.LIGHT);
      page.navigate(server + "/console");
      assertThat(page.locator("h1")).hasText("Sign in");
      page.getByLabel("Token").fill("lwt_guessed");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not count");
      page.getByLabel("Token").fill(TOKENS.get("olga"));
      page.keyboard().press("Enter");
      assertThat(page.locator(".visitor")).containsText("token:olga");
      Browser.screenshot(page, Look.LIGHT, "signed-in");

      page.navigate(server + "/console/groups/west-7/members");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add member")).click();
      page.getByLabel("Edge", new Page.GetByLabelOptions().setExact(true)).fill("denver");
      page.keyboard().press("Enter");
      assertThat(page.locator("#dialog")).containsText("lwe_");
      assertThat(
              ada.get("/v1/groups/west-7/events?minRevision=2").path("events").get(1).path("actor"))
          .hasToString("\"token:olga\"");
    }
  }

  private static LinkwrightApi api(String name) {
    return new LinkwrightApi(server, TOKENS.get(name));
  }

  private static void refused(int status, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            ApiException.Refused.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(status));
  }
}
