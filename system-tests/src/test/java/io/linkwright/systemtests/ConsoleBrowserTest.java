package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.systemtests.Browser.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, on the real stack with simulated edges. */
final class ConsoleBrowserTest {
  @TempDir private static Path directory;
  private static Browser browser;
  private static LinkwrightProcess process;
  private static LinkwrightApi api;
  private static Operator operator;
  private static String console;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    process = LinkwrightProcess.up(site, "--simulate");
    api = new LinkwrightApi(site.server());
    operator = new Operator(api);
    console = site.server() + "/console";
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      api.close();
      process.close();
      browser.close();
    }
  }

  @AfterEach
  void nothingWasComplainedOf() {
    List<String> complaints = browser.complaints();
    browser.forgetComplaints();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aGroupIsCreatedPeopledAndLinkedInTheBrowser() {
    Page page = browser.page(Look.LIGHT);
    page.navigate(console);
    button(page, "Create group").first().click();
    page.getByLabel("Id", exactly()).fill("west");
    button(dialog(page), "Create").click();
    page.waitForURL("**/groups/west/members");
    for (String edge : List.of("denver", "seattle")) {
      button(page, "Add member").click();
      page.getByLabel("Edge", exactly()).fill(edge);
      button(dialog(page), "Add member").click();
      assertThat(page.locator("#token")).not().isEmpty();
      button(dialog(page), "I have it").click();
      assertThat(page.locator("#token")).hasCount(0);
      assertThat(page.locator("#member-" + edge)).containsText("Connected");
    }
    page.getByRole(AriaRole.LINK, named("Links")).click();
    assertThat(page.locator("#notices")).containsText("2 members are isolated");

    button(page, "Add Link").click();
    choose(page, "Edge A", "den");
    choose(page, "Edge B", "sea");
    button(dialog(page), "Add").click();

    assertThat(page.locator("#link-denver_seattle")).containsText("Up");
    assertThat(page.locator("#toasts")).containsText("denver and seattle are linked");
    assertThat(page.locator("#notices")).not().containsText("isolated");
    assertThat(page.locator("#links-head")).not().containsText("Tunnel Index");
  }

  @Test
  void theSecondFieldLeavesOutTheFirstMemberAndThoseItIsLinkedTo() {
    group("offered", TunnelProtocol.WIREGUARD, "a", "b", "c");
    operator.addLink("offered", "a", "b");
    Page page = open("offered", Look.LIGHT);

    button(page, "Add Link").click();
    choose(page, "Edge A", "a");
    field(page, "Edge B").click();

    assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"c"});
  }

  @Test
  void dualTunnelAndIpsecHaveTheirRowsAndWords() {
    dualIpsec("dual", "x", "y", "z");
    operator.addLink("dual", "x", "y");

    Page page = open("dual", Look.LIGHT);

    Locator rows = page.locator("#link-x_y tr");
    assertThat(page.locator("#links-head")).containsText("Tunnel Index");
    assertThat(rows).hasCount(2);
    assertThat(rows.nth(0)).containsText("Primary (0)");
    assertThat(rows.nth(0)).containsText("SA: Established");
    assertThat(rows.nth(1)).containsText("Secondary (1)");
    assertThat(rows.nth(1)).containsText("SA: Established");
  }

  @Test
  void whatAnotherClientDoesShowsWithoutAReloadAndTheBannerComesAndGoes() {
    group("live", TunnelProtocol.WIREGUARD, "p", "q", "r");
    operator.addLink("live", "p", "q");
    Page page = open("live", Look.LIGHT);
    assertThat(page.locator("#connection")).hasText("Live");
    page.evaluate("() => { window.unloaded = false; }");
    assertThat(page.locator("#notices")).containsText("1 member is isolated");

    operator.addLink("live", "q", "r");
    assertThat(page.locator("#link-q_r")).isVisible();
    assertThat(page.locator("#notices")).not().containsText("isolated");

    operator.removeLink("live", "p", "q");
    assertThat(page.locator("#link-p_q")).hasCount(0);
    assertThat(page.locator("#notices")).containsText("1 member is isolated");
    assertThat(page.evaluate("() => window.unloaded")).isEqualTo(false);
  }

  @Test
  void onlyTheRowThatChangedIsRepainted() {
    group("rows", TunnelProtocol.WIREGUARD, "k", "l", "m");
    operator.addLink("rows", "k", "l");
    Page page = open("rows", Look.LIGHT);
    assertThat(page.locator("#link-k_l")).containsText("Up");
    page.evaluate("() => { document.getElementById('link-k_l').painted = 'once'; }");

    operator.addLink("rows", "l", "m");

    assertThat(page.locator("#link-l_m")).containsText("Up");
    assertThat(page.evaluate("() => document.getElementById('link-k_l').painted"))
        .isEqualTo("once");
  }

  @Test
  void removingNamesTheTwoEdgesAndAsksFirst() {
    group("trash", TunnelProtocol.WIREGUARD, "lima", "oslo");
    operator.addLink("trash", "lima", "oslo");
    Page page = open("trash", Look.LIGHT);
    Locator remove = button(page, "Remove the link of lima and oslo");

    remove.click();
    assertThat(dialog(page).locator(".named li")).hasText(new String[] {"lima", "oslo"});
    button(dialog(page), "Cancel").click();
    assertThat(page.locator("#link-lima_oslo")).isVisible();

    remove.click();
    button(dialog(page), "Remove link").click();
    assertThat(page.locator("#link-lima_oslo")).hasCount(0);
  }

  @Test
  void theKeyboardIsEnough() {
    group("keys", TunnelProtocol.WIREGUARD, "one", "two");
    Page page = open("keys", Look.LIGHT);

    page.locator("#add-link").focus();
    page.keyboard().press("Enter");
    assertThat(field(page, "Edge A")).isFocused();
    page.keyboard().type("one");
    page.keyboard().press("Enter");
    assertThat(field(page, "Edge B")).isEnabled();
    page.keyboard().press("Tab");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    page.keyboard().press("Enter");

    assertThat(page.locator("#link-one_two")).isVisible();
    assertThat(page.locator("#dialog")).isHidden();
  }

  @Test
  void aCompleteMeshIsHintedAtAndAMeshLinksItself() {
    group("full", TunnelProtocol.WIREGUARD, "a", "b", "c");
    operator.addLink("full", "a", "b");
    operator.addLink("full", "b", "c");
    operator.addLink("full", "a", "c");
    Page page = open("full", Look.LIGHT);

    button(page, "Switch to mesh").click();
    button(dialog(page), "Switch to mesh").click();

    assertThat(page.locator("#links-intro"))
        .containsText("every pair of members is linked by itself");
    assertThat(button(page, "Add Link")).hasCount(0);
    assertThat(page.locator(".icon-button")).hasCount(0);
  }

  @Test
  void aStaleFormGetsTheServersWordsBesideTheField() {
    group("stale", TunnelProtocol.WIREGUARD, "a", "b");
    Page page = open("stale", Look.LIGHT);
    button(page, "Add Link").click();
    choose(page, "Edge A", "a");
    choose(page, "Edge B", "b");

    operator.addLink("stale", "a", "b");
    button(dialog(page), "Add").click();

    assertThat(page.locator("#edgeB-error")).containsText("a and b are linked already");
    // The browser itself names each answer that is no success.
    browser.forgetComplaints();
  }

  @Test
  void theGraphShowsMembersLinksAndWhoIsAlone() {
    group("map", TunnelProtocol.WIREGUARD, "a", "b", "c");
    operator.addLink("map", "a", "b");
    Page page = open("map/graph", Look.LIGHT);
    Locator graph = page.locator("#graph");
    assertThat(graph).hasAttribute("data-nodes", "3");
    assertThat(graph).hasAttribute("data-isolated", "c");

    operator.addLink("map", "b", "c");
    assertThat(graph).hasAttribute("data-edges", "2");
    assertThat(graph).hasAttribute("data-isolated", "");
    assertThat(graph).hasAttribute("data-up", "2");

    page.evaluate(
        "() => document.getElementById('graph').dispatchEvent(new CustomEvent('linkwright-choose',"
            + " {detail: 'b'}))");
    assertThat(page.locator("#graph-side li")).hasCount(2);
  }

  @Test
  void activityAppearsAsItHappensAndIsFiltered() {
    group("log", TunnelProtocol.WIREGUARD, "a", "b");
    Page page = open("log/activity", Look.LIGHT);
    assertThat(page.locator("tbody").first()).containsText("Member");

    operator.addLink("log", "a", "b");

    Locator newest = page.locator("table tbody").first();
    assertThat(page.getByText("Link added")).isVisible();
    page.getByLabel("Filter").fill("group created");
    button(page, "Show").click();
    assertThat(page.locator("tbody")).hasCount(1);
    assertThat(newest).containsText("Group created");
  }

  @Test
  void aRevisionIsJumpedTo() {
    group("jump", TunnelProtocol.WIREGUARD, "a", "b");
    operator.addLink("jump", "a", "b");
    Page page = open("jump/activity", Look.LIGHT);

    page.getByLabel("Revision", exactly()).fill("1");
    button(page, "Show").click();

    assertThat(page.locator("tbody")).hasCount(1);
    assertThat(page.locator("#event-1.target")).containsText("Group created");
  }

  @Test
  void removingAMemberNamesItsPeersAndLeadsBackToTheMembers() {
    group("leave", TunnelProtocol.WIREGUARD, "a", "b", "c");
    operator.addLink("leave", "a", "b");
    Page page = open("leave/members/a", Look.LIGHT);
    assertThat(page.locator("#keys")).containsText("SHA256:");

    button(page, "Remove member").click();
    assertThat(dialog(page).locator(".named li")).hasText(new String[] {"a", "b"});
    button(dialog(page), "Remove member").click();

    page.waitForURL("**/groups/leave/members");
    assertThat(page.locator("#member-a")).hasCount(0);
    assertThat(page.locator("#notices")).containsText("2 members are isolated");
  }

  @Test
  void hubAndSpokeSaysWhyThereIsNothingToAdd() {
    ObjectNode body =
        Operator.object()
            .put("id", "wheel")
            .put("topology", "hub-spoke")
            .put("tunnelProtocol", "wireguard")
            .put("hub", "hub");
    api.send(ApiCommand.post("/v1/groups", body));
    for (String edge : List.of("hub", "spoke-1", "spoke-2")) {
      operator.addMember("wheel", edge);
    }

    Page page = open("wheel", Look.LIGHT);

    assertThat(page.locator("tbody.link")).hasCount(2);
    assertThat(page.locator("#links-intro")).containsText("every spoke is linked to the hub");
    assertThat(button(page, "Add Link")).hasCount(0);
    assertThat(page.locator(".icon-button")).hasCount(0);
  }

  @Test
  void namesWithMarkupStayText() {
    String markup = "<img src=x onerror=\"alert(1)\"><script>alert(2)</script>'\"&";
    ObjectNode group =
        Operator.object()
            .put("id", "marked")
            .put("name", markup)
            .put("topology", "partial-mesh")
            .put("tunnelProtocol", "wireguard");
    api.send(ApiCommand.post("/v1/groups", group));
    for (String edge : List.of("a", "b")) {
      ObjectNode member = Operator.object().put("edge", edge).put("name", markup + edge);
      api.send(ApiCommand.post(Operator.members("marked"), member));
    }
    api.get("/v1/groups/marked?minRevision=3");
    Page page = browser.page(Look.LIGHT);

    page.navigate(console);
    assertThat(page.locator("#group-marked a")).hasText(markup);
    for (String path : List.of("", "/members", "/members/a", "/graph", "/activity")) {
      page.navigate(console + "/groups/marked" + path);
      assertThat(page.getByText(Pattern.compile("<img src=x")).first()).isVisible();
      assertThat(page.locator("img[src=x]")).hasCount(0);
    }
    page.navigate(console + "/groups/marked");
    button(page, "Add Link").click();
    field(page, "Edge A").click();
    assertThat(page.getByRole(AriaRole.OPTION).first()).containsText(markup);
  }

  @Test
  void axeFindsNothingSerious() {
    dualIpsec("axe", "a", "b", "c");
    operator.addLink("axe", "a", "b");
    for (Look look : Look.values()) {
      Page page = open("axe", look);
      assertThat(page.locator("#link-a_b tr").first()).containsText("SA: Established");
      for (String path : List.of("", "/members", "/members/a", "/graph", "/activity")) {
        page.navigate(console + "/groups/axe" + path);
        assertThat(page.locator("#connection")).hasText("Live");
        Accessibility.check(page, look + " " + path);
        Browser.screenshot(page, look, "group" + path.replace('/', '-'));
      }
      page.navigate(console);
      Accessibility.check(page, look + " groups");
      Browser.screenshot(page, look, "groups");
      button(page, "Create group").first().click();
      assertThat(dialog(page)).isVisible();
      Accessibility.check(page, look + " create group");
      page.navigate(console + "/groups/axe");
      button(page, "Add Link").click();
      choose(page, "Edge A", "b");
      field(page, "Edge B").click();
      Accessibility.check(page, look + " add link");
      Browser.screenshot(page, look, "add-link");
    }
  }

  private static void group(String id, TunnelProtocol protocol, String... edges) {
    ObjectNode body =
        Operator.object()
            .put("id", id)
            .put("topology", "partial-mesh")
            .put("tunnelProtocol", protocol.label());
    api.send(ApiCommand.post("/v1/groups", body));
    for (String edge : edges) {
      operator.addMember(id, edge);
    }
  }

  private static void dualIpsec(String id, String... edges) {
    operator.createPartialMesh(id, TunnelProtocol.IPSEC);
    for (String edge : edges) {
      operator.addMember(id, edge);
    }
  }

  private static Page open(String path, Look look) {
    // A group that the view does not show yet would be a page of its own.
    api.get("/v1/groups/" + path.split("/", 2)[0] + "?minRevision=1");
    Page page = browser.page(look);
    page.navigate(console + "/groups/" + path);
    return page;
  }

  private static Locator dialog(Page page) {
    return page.locator("#dialog");
  }

  private static void choose(Page page, String field, String typed) {
    field(page, field).fill(typed);
    page.keyboard().press("Enter");
  }

  /** The field that is typed into, not the list that it stands for. */
  private static Locator field(Page page, String label) {
    return page.locator("input").and(page.getByLabel(label, exactly()));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
