package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.linkwright.systemtests.Parts.button;
import static io.linkwright.systemtests.Parts.choose;
import static io.linkwright.systemtests.Parts.dialog;
import static io.linkwright.systemtests.Parts.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.systemtests.Browser.Look;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console for everybody: by keyboard, on a phone, through a screen reader, and safe. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleAccessTest {
  private static final List<String> GROUP_PAGES =
      List.of("", "/members", "/members/a", "/graph", "/activity");

  private final ConsoleStack console;

  ConsoleAccessTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void theKeyboardIsEnoughToLink() {
    console.group("keys", TunnelProtocol.WIREGUARD, "one", "two");
    Page page = console.open("keys", Look.LIGHT);

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
    assertThat(dialog(page)).isHidden();
  }

  @Test
  void theKeyboardLeavesADialogAndADangerousOneBeginsAtCancel() {
    console.group("escape", TunnelProtocol.WIREGUARD, "one", "two");
    Page page = console.open("escape", Look.LIGHT);

    page.locator("#delete-group").focus();
    page.keyboard().press("Enter");
    assertThat(button(dialog(page), "Cancel")).isFocused();
    page.keyboard().press("Escape");
    assertThat(dialog(page)).isHidden();
    assertThat(page.locator("#delete-group")).isFocused();

    // What is replaced under the focus takes it over.
    console.operator().addLink("escape", "one", "two");
    assertThat(page.locator("#link-one_two")).isVisible();
    assertThat(page.locator("#delete-group")).isFocused();
  }

  @Test
  void aPhoneNeedsNoScrollingToTheSide() {
    // As long as ids get, and without a place to break at.
    String longest = "w".repeat(63);
    console.dualIpsec("narrow", "a", "b", longest, "m".repeat(63));
    console.operator().addLink("narrow", "a", "b");
    console.operator().addLink("narrow", "a", longest);
    Page page = console.open("narrow", Look.PHONE);
    assertThat(page.locator("#link-a_b")).containsText("SA: Established");
    assertThatNothingIsWiderThan(page);
    for (String path : GROUP_PAGES) {
      page.navigate(console.address("/groups/narrow" + path));
      assertThatNothingIsWiderThan(page);
    }
    for (String path : List.of("", "/groups/narrow/members/" + longest)) {
      page.navigate(console.address(path));
      assertThatNothingIsWiderThan(page);
    }
    page.navigate(console.address("/groups/narrow"));
    for (String action : List.of("Settings", "Delete", "Add Link")) {
      button(page, action).click();
      assertThat(dialog(page)).isVisible();
      assertThatNothingIsWiderThan(page);
      button(dialog(page), "Cancel").click();
      assertThat(dialog(page)).isHidden();
    }
  }

  @Test
  void aPageThatIsNotThereSaysSoAndClaimsNoConnection() {
    Page page = console.browser().page(Look.PHONE);

    page.navigate(console.address("/groups/nowhere"));

    assertThat(page.locator("h1")).hasText("Not there, or not any more");
    assertThat(page.locator("#connection")).isHidden();
    assertThatNothingIsWiderThan(page);
    // The browser says that it was a 404.
    console.browser().forgetComplaints();
  }

  private static void assertThatNothingIsWiderThan(Page page) {
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth -"
                    + " document.documentElement.clientWidth"))
        .as(page.url())
        .isEqualTo(0);
  }

  @Test
  void everyPageLeadsToTheDocumentationOfTheApi() {
    Page page = console.openGroups(Look.LIGHT);
    assertThat(Parts.link(page, "OpenAPI document")).hasAttribute("href", "/openapi.json");

    Parts.link(page, "API docs").click();

    assertThat(page).hasURL(console.site().server() + "/docs");
    assertThat(page.getByText("Linkwright").first()).isVisible();
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
    console.api().send(ApiCommand.post("/v1/groups", group));
    for (String edge : List.of("a", "b")) {
      ObjectNode member = Operator.object().put("edge", edge).put("name", markup + edge);
      console.api().send(ApiCommand.post(Operator.members("marked"), member));
    }
    console.api().get("/v1/groups/marked?minRevision=3");
    Page page = console.openGroups(Look.LIGHT);

    assertThat(page.locator("#group-marked a")).hasText(markup);
    for (String path : GROUP_PAGES) {
      page.navigate(console.address("/groups/marked" + path));
      assertThat(page.getByText(Pattern.compile("<img src=x")).first()).isVisible();
      assertThat(page.locator("img[src=x]")).hasCount(0);
    }
    page.navigate(console.address("/groups/marked"));
    field(page, "Links of").click();
    assertThat(page.getByRole(AriaRole.OPTION).first()).containsText(markup);
    for (String action : List.of("Settings", "Delete", "Add Link")) {
      button(page, action).click();
      assertThat(dialog(page)).isVisible();
      assertThat(page.locator("img[src=x]")).hasCount(0);
      button(dialog(page), "Cancel").click();
    }
    button(page, "Add Link").click();
    field(page, "Edge A").click();
    assertThat(page.getByRole(AriaRole.OPTION).first()).containsText(markup);
  }

  @Test
  void axeFindsNothingSerious() {
    console.dualIpsec("axe", "a", "b", "c");
    console.operator().addLink("axe", "a", "b");
    for (Look look : Look.values()) {
      Page page = console.open("axe", look);
      assertThat(page.locator("#link-a_b tr").first()).containsText("SA: Established");
      for (String path : GROUP_PAGES) {
        page.navigate(console.address("/groups/axe" + path));
        assertThat(page.locator("#connection")).hasText("Live");
        Accessibility.check(page, look + " " + path);
        Browser.screenshot(page, look, "group" + path.replace('/', '-'));
      }
      page.navigate(console.address(""));
      Accessibility.check(page, look + " groups");
      Browser.screenshot(page, look, "groups");
      button(page, "Create group").first().click();
      assertThat(dialog(page)).isVisible();
      Accessibility.check(page, look + " create group");
      dialogsAreFine(page, look);
    }
  }

  private void dialogsAreFine(Page page, Look look) {
    page.navigate(console.address("/groups/axe/members/a"));
    button(page, "Revoke keys").click();
    assertThat(dialog(page)).isVisible();
    Accessibility.check(page, look + " revoke");
    Browser.screenshot(page, look, "revoke");
    page.navigate(console.address("/groups/axe"));
    for (String action : List.of("Settings", "Delete", "New keys for the link of a and b")) {
      button(page, action).click();
      assertThat(dialog(page)).isVisible();
      Accessibility.check(page, look + " " + action);
      button(dialog(page), "Cancel").click();
    }
    button(page, "Add Link").click();
    choose(page, "Edge A", "b");
    field(page, "Edge B").click();
    Accessibility.check(page, look + " add link");
    Browser.screenshot(page, look, "add-link");
  }
}
