package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.systemtests.Browser.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real operators' networks in the console. */
@Tag("browser")
final class ConsoleNetworksTest {
  private static final int WARM_VISITS = 3;

  /** Counts rows of the table that come or go from now on. */
  private static final String COUNT_ROWS =
      """
      () => {
        window.rowsTouched = 0;
        new MutationObserver((changes) => {
          window.firstTouch ??= performance.now();
          for (const change of changes) {
            window.rowsTouched += [...change.addedNodes, ...change.removedNodes]
              .filter((node) => node.tagName === 'TBODY').length;
          }
        }).observe(document.getElementById('links'), {childList: true});
      }
      """;

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
      NetworkImport.run(site, NetworkImport.ABILENE, "abilene");
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
  void kdlIsShownAPageAtATimeAndAChangeRepaintsOneRow(@TempDir Path directory) {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    try (LinkwrightProcess _ = LinkwrightProcess.up(site);
        LinkwrightApi api = new LinkwrightApi(site.server())) {
      NetworkImport.run(site, NetworkImport.KDL, "kdl");
      Page page = browser.page(Look.LIGHT);
      pagesLeadOnAndBack(page, site.server() + "/console/groups/kdl");
      Operator operator = new Operator(api);
      List<String> ends = oneRowIsRepainted(page, site.server() + "/console/groups/kdl", operator);
      graphHasEverybody(page, site.server() + "/console/groups/kdl/graph");
      oneLinkIsDrawn(page, ends, operator);
      assertThat(browser.complaints()).isEmpty();
      page.context().close();
    }
  }

  private static void pagesLeadOnAndBack(Page page, String kdl) {
    Locator foot = page.locator("#links-foot");
    page.navigate(kdl);
    assertThat(page.locator("tbody.link")).hasCount(50);
    assertThat(foot).containsText("Links 1 to 50 of 895");
    assertThat(page.locator("#connection")).hasText("Live");
    String firstRow = page.locator("tbody.link").first().getAttribute("id");

    Parts.link(page, "Next").click();
    assertThat(foot).containsText("Links 51 to 100 of 895");
    String secondPage = page.url();
    Parts.link(page, "Next").click();
    assertThat(foot).containsText("Links 101 to 150 of 895");
    Parts.link(page, "Previous").click();
    assertThat(foot).containsText("Links 51 to 100 of 895");
    assertThat(page).hasURL(secondPage);
    Parts.link(page, "Previous").click();
    assertThat(foot).containsText("Links 1 to 50 of 895");
    assertThat(page.locator("tbody.link").first()).hasAttribute("id", firstRow);
    assertThat(Parts.link(page, "Previous")).hasCount(0);
  }

  /** Says which link it removed. */
  private static List<String> oneRowIsRepainted(Page page, String kdl, Operator operator) {
    for (int visit = 0; visit < WARM_VISITS; visit++) {
      page.navigate(kdl);
      assertThat(page.locator("#connection")).hasText("Live");
      tellLoadTime(page, "links of Kdl");
    }
    List<String> ends = page.locator("tbody.link").first().locator("a").allTextContents();
    page.evaluate(COUNT_ROWS);
    page.evaluate("() => { window.asked = performance.now(); }");

    operator.removeLink("kdl", ends.get(0), ends.get(1));

    assertThat(page.locator("#links-foot")).containsText("of 894");
    // One row goes, and the first of the next page comes.
    assertThat(page.evaluate("() => window.rowsTouched")).isEqualTo(2);
    System.out.printf(
        "removed link of Kdl: gone from the page %s ms after asking%n",
        page.evaluate("() => Math.round(window.firstTouch - window.asked)"));
    return ends;
  }

  private static void graphHasEverybody(Page page, String address) {
    for (int visit = 0; visit < WARM_VISITS; visit++) {
      page.navigate(address);
      assertThat(page.locator("#graph")).hasAttribute("data-nodes", "754");
      assertThat(page.locator("#graph")).hasAttribute("data-edges", "894");
      tellLoadTime(page, "graph of Kdl");
      System.out.printf(
          "graph of Kdl: drawn after %s ms%n",
          page.evaluate("() => document.getElementById('graph').dataset.drawnMs"));
    }
    Browser.screenshot(page, Look.LIGHT, "kdl-graph");
  }

  private static void oneLinkIsDrawn(Page page, List<String> ends, Operator operator) {
    operator.addLink("kdl", ends.get(0), ends.get(1));

    assertThat(page.locator("#graph")).hasAttribute("data-edges", "895");
    // The link, and its ends if it was their only one.
    assertThat(page.locator("#graph")).hasAttribute("data-repainted", Pattern.compile("[123]"));
  }

  /** For people who look after the speed; a shared machine's clock decides nothing here. */
  private static void tellLoadTime(Page page, String what) {
    Object millis =
        page.evaluate(
            "() =>"
                + " Math.round(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd)");
    System.out.printf("%s: content loaded after %s ms%n", what, millis);
  }
}
