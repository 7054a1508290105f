package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.linkwright.systemtests.Parts.button;
import static io.linkwright.systemtests.Parts.choose;
import static io.linkwright.systemtests.Parts.dialog;
import static io.linkwright.systemtests.Parts.field;
import static io.linkwright.systemtests.Parts.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.systemtests.Browser.Look;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Links in the console: added, shown, filtered, given new keys, removed. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleLinksTest {
  private final ConsoleStack console;

  ConsoleLinksTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void aGroupIsCreatedPeopledAndLinkedInTheBrowser() {
    Page page = console.openGroups(Look.LIGHT);
    button(page, "Create group").first().click();
    labelled(page, "Id").fill("west");
    button(dialog(page), "Create").click();
    page.waitForURL("**/groups/west/members");
    for (String edge : List.of("denver", "seattle")) {
      button(page, "Add member").click();
      labelled(page, "Edge").fill(edge);
      button(dialog(page), "Add member").click();
      assertThat(page.locator("#token")).not().isEmpty();
      button(dialog(page), "I have it").click();
      assertThat(page.locator("#token")).hasCount(0);
      assertThat(page.locator("#member-" + edge)).containsText("Connected");
    }
    Parts.link(page, "Links").click();
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
    console.group("offered", TunnelProtocol.WIREGUARD, "a", "b", "c");
    console.operator().addLink("offered", "a", "b");
    Page page = console.open("offered", Look.LIGHT);

    button(page, "Add Link").click();
    choose(page, "Edge A", "a");
    field(page, "Edge B").click();

    assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"c"});
  }

  @Test
  void dualTunnelAndIpsecHaveTheirRowsAndWords() {
    console.dualIpsec("dual", "x", "y", "z");
    console.operator().addLink("dual", "x", "y");

    Page page = console.open("dual", Look.LIGHT);

    Locator rows = page.locator("#link-x_y tr");
    assertThat(page.locator("#links-head")).containsText("Tunnel Index");
    assertThat(rows).hasCount(2);
    assertThat(rows.nth(0)).containsText("Primary (0)");
    assertThat(rows.nth(0)).containsText("SA: Established");
    assertThat(rows.nth(1)).containsText("Secondary (1)");
    assertThat(rows.nth(1)).containsText("SA: Established");
  }

  @Test
  void removingNamesTheTwoEdgesAndAsksFirst() {
    console.group("trash", TunnelProtocol.WIREGUARD, "lima", "oslo");
    console.operator().addLink("trash", "lima", "oslo");
    Page page = console.open("trash", Look.LIGHT);
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
  void newKeysAreAskedForAndOnTheLogAsTheConsoles() {
    console.group("fresh", TunnelProtocol.IPSEC, "lima", "oslo");
    console.operator().addLink("fresh", "lima", "oslo");
    Page page = console.open("fresh", Look.LIGHT);
    assertThat(page.locator("#link-lima_oslo")).containsText("SA: Established");

    button(page, "New keys for the link of lima and oslo").click();
    assertThat(dialog(page).locator(".named li")).hasText(new String[] {"lima", "oslo"});
    button(dialog(page), "Make new keys").click();

    assertThat(page.locator("#toasts")).containsText("has new keys");
    page.navigate(console.address("/groups/fresh/activity?what=LinkChanged&who=console"));
    assertThat(page.locator("table tbody").first()).containsText("lima and oslo");
  }

  @Test
  void aStaleFormGetsTheServersWordsBesideTheField() {
    console.group("stale", TunnelProtocol.WIREGUARD, "a", "b");
    Page page = console.open("stale", Look.LIGHT);
    button(page, "Add Link").click();
    choose(page, "Edge A", "a");
    choose(page, "Edge B", "b");

    console.operator().addLink("stale", "a", "b");
    button(dialog(page), "Add").click();

    assertThat(page.locator("#edgeB-error")).containsText("a and b are linked already");
    // The browser itself names each answer that is no success.
    console.browser().forgetComplaints();
  }

  @Test
  void linksOfOneMemberAreFoundByTypingItsName() {
    console.group("found", TunnelProtocol.WIREGUARD, "lima", "oslo", "osaka");
    console.operator().addLink("found", "lima", "oslo");
    console.operator().addLink("found", "lima", "osaka");
    Page page = console.open("found", Look.LIGHT);
    assertThat(page.locator("tbody.link")).hasCount(2);

    field(page, "Links of").fill("os");
    assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"osaka", "oslo"});
    choose(page, "Links of", "osl");

    page.waitForURL("**/groups/found?edge=oslo");
    assertThat(page.locator("tbody.link")).hasCount(1);
    assertThat(page.locator("#link-lima_oslo")).isVisible();
    Parts.link(page, "All links").click();
    assertThat(page.locator("tbody.link")).hasCount(2);
  }

  @Test
  void hubAndSpokeSaysWhyThereIsNothingToAdd() {
    ObjectNode body =
        Operator.object()
            .put("id", "wheel")
            .put("topology", "hub-spoke")
            .put("tunnelProtocol", "wireguard")
            .put("hub", "hub");
    console.api().send(ApiCommand.post("/v1/groups", body));
    for (String edge : List.of("hub", "spoke-1", "spoke-2")) {
      console.operator().addMember("wheel", edge);
    }

    Page page = console.open("wheel", Look.LIGHT);

    assertThat(page.locator("tbody.link")).hasCount(2);
    assertThat(page.locator("#links-intro")).containsText("every spoke is linked to the hub");
    assertThat(button(page, "Add Link")).hasCount(0);
    assertThat(button(page, "Remove the link of hub and spoke-1")).hasCount(0);
    assertThat(button(page, "New keys for the link of hub and spoke-1")).isVisible();
  }
}
