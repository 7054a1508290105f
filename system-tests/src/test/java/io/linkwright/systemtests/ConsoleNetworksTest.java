package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.systemtests.Browser.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real operators' networks in the console. */
final class ConsoleNetworksTest {
  private static final Path SMALL =
      Path.of("..", "cli/src/main/resources/io/linkwright/cli/networks");
  private static final Path LARGE = Path.of("..", "cli/src/test/resources/networks");
  private static final Duration IMPORT_LIMIT = Duration.ofMinutes(3);

  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void abileneIsOnTheMapAndSeattleStandsAlone(@TempDir Path directory) {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    try (LinkwrightProcess _ = LinkwrightProcess.up(site, "--simulate");
        LinkwrightApi api = new LinkwrightApi(site.server())) {
      importNetwork(site, SMALL.resolve("Abilene.graphml"), "abilene");
      Operator operator = new Operator(api);
      operator.removeLink("abilene", "seattle", "sunnyvale");
      operator.removeLink("abilene", "denver", "seattle");
      for (Look look : Look.values()) {
        looksRight(site, look);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void looksRight(LinkwrightProcess.Site site, Look look) {
    Page page = browser.page(look);
    page.navigate(site.server() + "/console/groups/abilene");
    assertThat(page.locator("#notices")).containsText("seattle");
    assertThat(page.getByText("SA: Established")).hasCount(24);
    Browser.screenshot(page, look, "abilene-links");
    page.navigate(site.server() + "/console/groups/abilene/graph");
    Locator graph = page.locator("#graph");
    assertThat(graph).hasAttribute("data-nodes", "11");
    assertThat(graph).hasAttribute("data-up", "12");
    assertThat(graph).hasAttribute("data-isolated", "seattle");
    Browser.screenshot(page, look, "abilene-graph");
    page.context().close();
  }

  @Test
  void kdlIsShownAPageAtATime(@TempDir Path directory) {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    try (LinkwrightProcess _ = LinkwrightProcess.up(site)) {
      importNetwork(site, LARGE.resolve("Kdl.graphml"), "kdl");
      Page page = browser.page(Look.LIGHT);
      String kdl = site.server() + "/console/groups/kdl";

      page.navigate(kdl);
      assertThat(page.locator("tbody.link")).hasCount(50);
      assertThat(page.locator("#links-foot")).containsText("Links 1 to 50 of 895");
      assertThat(page.locator("#connection")).hasText("Live");
      page.navigate(kdl);
      assertThat(page.locator("#connection")).hasText("Live");
      tell(page, "links of Kdl");
      page.getByText("Next page").click();
      assertThat(page.locator("#links-foot")).containsText("Links 51 to 100 of 895");

      page.navigate(kdl + "/graph");
      assertThat(page.locator("#graph")).hasAttribute("data-nodes", "754");
      assertThat(page.locator("#graph")).hasAttribute("data-edges", "895");
      tell(page, "graph of Kdl");
      Browser.screenshot(page, Look.LIGHT, "kdl-graph");
      assertThat(browser.complaints()).isEmpty();
      page.context().close();
    }
  }

  /** For people who look after the speed; a shared machine's clock decides nothing here. */
  private static void tell(Page page, String what) {
    Object millis =
        page.evaluate(
            "() =>"
                + " Math.round(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd)");
    System.out.printf("%s: content loaded after %s ms%n", what, millis);
  }

  private static void importNetwork(LinkwrightProcess.Site site, Path file, String group) {
    List<String> arguments =
        List.of(
            "import",
            file.toString(),
            "--group",
            group,
            "--protocol",
            "ipsec",
            "--dual-tunnel",
            "--server",
            site.server().toString());
    try (LinkwrightProcess run = LinkwrightProcess.run(arguments)) {
      assertThat(run.exitCode(IMPORT_LIMIT)).as(run.output()).isZero();
    }
  }
}
