package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.linkwright.systemtests.Parts.button;
import static io.linkwright.systemtests.Parts.choose;
import static io.linkwright.systemtests.Parts.dialog;
import static io.linkwright.systemtests.Parts.labelled;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.systemtests.Browser.Look;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group as a whole in the console: its settings, and its end. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleGroupTest {
  /** Longer than an open page takes to hear that its group is gone. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private final ConsoleStack console;

  ConsoleGroupTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void aGroupIsRenamed() {
    console.group("named", TunnelProtocol.WIREGUARD);
    Page page = console.open("named", Look.LIGHT);

    button(page, "Settings").click();
    assertThat(labelled(page, "Name")).hasValue("named");
    labelled(page, "Name").fill("Nordic ring");
    button(dialog(page), "Save").click();

    assertThat(page.locator("h1")).hasText("Nordic ring");
    assertThat(dialog(page)).isHidden();
  }

  @Test
  void aSecondTunnelIsAnnouncedAndComesToEachLink() {
    console.group("second", TunnelProtocol.IPSEC, "a", "b");
    console.operator().addLink("second", "a", "b");
    Page page = console.open("second", Look.LIGHT);
    assertThat(page.locator("#link-a_b tr")).hasCount(1);

    button(page, "Settings").click();
    assertThat(consequences(page)).hasText("The links stay as they are.");
    page.locator("#dualTunnel").check();
    assertThat(consequences(page)).containsText("Each link gets a secondary tunnel (wg3)");
    button(dialog(page), "Save").click();

    assertThat(page.locator("#link-a_b tr")).hasCount(2);
    assertThat(page.locator("#link-a_b tr").nth(1)).containsText("SA: Established");
  }

  @Test
  void anotherTopologySaysWhichLinksComeAndGo() {
    console.group("turned", TunnelProtocol.WIREGUARD, "a", "b", "c", "d");
    console.operator().addLink("turned", "a", "b");
    console.operator().addLink("turned", "b", "c");
    Page page = console.open("turned", Look.LIGHT);

    button(page, "Settings").click();
    page.locator("#topology").selectOption("mesh");
    assertThat(consequences(page)).containsText("4 links are added, 0 links are removed");
    page.locator("#topology").selectOption("hub-spoke");
    assertThat(consequences(page)).containsText("Choose the hub");
    choose(page, "Hub", "c");
    assertThat(consequences(page)).containsText("2 links are added, 1 link is removed");
    button(dialog(page), "Save").click();

    assertThat(page.locator("#links-intro")).containsText("every spoke is linked to the hub");
    assertThat(page.locator("tbody.link")).hasCount(3);
    assertThat(page.locator("#link-a_b")).hasCount(0);
  }

  @Test
  void aCompleteMeshIsHintedAtAndAMeshLinksItself() {
    console.group("full", TunnelProtocol.WIREGUARD, "a", "b", "c");
    console.operator().addLink("full", "a", "b");
    console.operator().addLink("full", "b", "c");
    console.operator().addLink("full", "a", "c");
    Page page = console.open("full", Look.LIGHT);

    button(page, "Switch to mesh").click();
    assertThat(page.locator("#topology")).hasValue("mesh");
    assertThat(consequences(page)).containsText("the 3 links stay");
    button(dialog(page), "Save").click();

    assertThat(page.locator("#links-intro"))
        .containsText("every pair of members is linked by itself");
    assertThat(button(page, "Add Link")).hasCount(0);
    assertThat(button(page, "Remove the link of a and b")).hasCount(0);
  }

  @Test
  void settingsThatSomebodyElseChangedAreNotOverwrittenUnseen() {
    console.group("raced", TunnelProtocol.WIREGUARD);
    Page page = console.open("raced", Look.LIGHT);
    button(page, "Settings").click();
    labelled(page, "Name").fill("Mine");

    console
        .api()
        .send(ApiCommand.patch("/v1/groups/raced", Operator.object().put("name", "Theirs")));
    assertThat(page.locator("h1")).hasText("Theirs");
    button(dialog(page), "Save").click();
    assertThat(dialog(page).locator(".form-error")).containsText("is at revision 2, not at 1");
    assertThat(labelled(page, "Name")).hasValue("Mine");
    assertThat(page.locator("h1")).hasText("Theirs");

    button(dialog(page), "Save").click();
    assertThat(page.locator("h1")).hasText("Mine");
    console.browser().forgetComplaints();
  }

  @Test
  void aNewerRevisionAloneDoesNotMakeTheSettingsStale() {
    console.group("busy", TunnelProtocol.WIREGUARD, "a");
    Page page = console.open("busy", Look.LIGHT);
    button(page, "Settings").click();
    labelled(page, "Name").fill("Busy bees");

    console.operator().addMember("busy", "b");
    assertThat(page.locator("#group-head")).containsText("2");
    button(dialog(page), "Save").click();

    assertThat(page.locator("h1")).hasText("Busy bees");
  }

  @Test
  void theServersWordsStandBesideTheSettingAtFault() {
    console.group("refused", TunnelProtocol.WIREGUARD);
    Page page = console.open("refused", Look.LIGHT);

    button(page, "Settings").click();
    dialog(page).locator("#rekeyEvery").fill("soon");
    button(dialog(page), "Save").click();

    assertThat(page.locator("#rekeyEvery-error")).not().isEmpty();
    assertThat(dialog(page).locator("#rekeyEvery")).isFocused();
    dialog(page).locator("#rekeyEvery").fill("P30D");
    button(dialog(page), "Save").click();
    assertThat(page.locator("#group-head")).containsText("New keys every");
    console.browser().forgetComplaints();
  }

  @Test
  void deletingSaysHowManyEdgesAreConcernedAndAsksFirst() {
    console.group("doomed", TunnelProtocol.WIREGUARD, "a", "b", "c");
    console.operator().addLink("doomed", "a", "b");
    Page page = console.open("doomed", Look.LIGHT);

    button(page, "Delete").click();
    assertThat(dialog(page)).containsText("3 edges are reconfigured");
    assertThat(dialog(page)).containsText("Its one link goes down");
    button(dialog(page), "Cancel").click();
    assertThat(page.locator("#link-a_b")).isVisible();

    button(page, "Delete").click();
    button(dialog(page), "Delete group").click();
    page.waitForURL("**/console");
    assertThat(page.locator("h1")).hasText("Peering groups");
    assertThat(page.locator("#group-doomed")).hasCount(0);
  }

  @Test
  void whoDeletesIsLedOnThoughThePageHearsOfItFirst() {
    console.group("doomed-too", TunnelProtocol.WIREGUARD);
    Page page = console.open("doomed-too", Look.LIGHT);
    page.route("**/doomed-too/delete", ConsoleGroupTest::answerLate);

    button(page, "Delete").click();
    button(dialog(page), "Delete group").click();

    page.waitForURL("**/console");
    assertThat(page.locator("h1")).hasText("Peering groups");
  }

  /** The browser goes on meanwhile. */
  private static void answerLate(Route route) {
    if (!route.request().method().equals("POST")) {
      route.resume();
      return;
    }
    APIResponse answer = route.fetch();
    LockSupport.parkNanos(LATE.toNanos());
    route.fulfill(new Route.FulfillOptions().setResponse(answer));
  }

  private static Locator consequences(Page page) {
    return page.locator("#settings-links");
  }
}
