package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.linkwright.systemtests.Parts.button;
import static io.linkwright.systemtests.Parts.choose;
import static io.linkwright.systemtests.Parts.dialog;
import static io.linkwright.systemtests.Parts.field;
import static io.linkwright.systemtests.Parts.labelled;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.systemtests.Browser.Look;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log of a group in the console: who did what. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleActivityTest {
  private final ConsoleStack console;

  ConsoleActivityTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void eventsAppearAsTheyHappenAndSayWhatFollowed() {
    console.group("log", TunnelProtocol.WIREGUARD, "a", "b");
    Page page = console.open("log/activity", Look.LIGHT);
    assertThat(rows(page).first()).containsText("Member");

    console.operator().addLink("log", "a", "b");

    Locator added = rows(page).filter(new Locator.FilterOptions().setHasText("Link added"));
    assertThat(added).containsText("a and b");
    assertThat(added).containsText("anonymous");
    assertThat(added).containsText("a connected");
  }

  @Test
  void theLogIsFilteredByWhoWhatAndWhom() {
    console.group("sift", TunnelProtocol.WIREGUARD, "lima", "oslo", "rome");
    console.operator().addLink("sift", "lima", "oslo");
    Page page = console.open("sift", Look.LIGHT);
    button(page, "Add Link").click();
    choose(page, "Edge A", "oslo");
    choose(page, "Edge B", "rome");
    button(dialog(page), "Add").click();
    assertThat(page.locator("#link-oslo_rome")).isVisible();
    page.navigate(console.address("/groups/sift/activity"));

    labelled(page, "What").selectOption("LinkAdded");
    button(page, "Show").click();
    assertThat(rows(page)).hasCount(2);

    field(page, "Who").fill("Console");
    button(page, "Show").click();
    assertThat(rows(page)).hasCount(1);
    assertThat(rows(page)).containsText("oslo and rome");
    assertThat(rows(page)).containsText("console");

    Parts.link(page, "Everything, live").click();
    choose(page, "About", "lim");
    labelled(page, "What").selectOption("LinkAdded");
    button(page, "Show").click();
    assertThat(rows(page)).hasCount(1);
    assertThat(rows(page)).containsText("lima and oslo");

    console.operator().removeLink("sift", "lima", "oslo");
    console.operator().addLink("sift", "lima", "rome");
    assertThat(rows(page)).hasCount(2);
    assertThat(rows(page).first()).containsText("lima and rome");

    labelled(page, "What").selectOption("MemberRevoked");
    button(page, "Show").click();
    assertThat(page.locator("#events-foot")).containsText("No event of this group matches");
  }

  @Test
  void aRevisionIsJumpedTo() {
    console.group("jump", TunnelProtocol.WIREGUARD, "a", "b");
    console.operator().addLink("jump", "a", "b");
    Page page = console.open("jump/activity", Look.LIGHT);

    labelled(page, "Revision").fill("1");
    button(page, "Show").click();

    assertThat(rows(page)).hasCount(1);
    assertThat(page.locator("#event-1.target")).containsText("Group created");
  }

  @Test
  void theLogIsPagedOnAndBackWhileItGrows() {
    console.group("paged", TunnelProtocol.WIREGUARD);
    IntStream.range(0, 110).forEach(number -> rename("paged", "name " + number));
    console.api().get("/v1/groups/paged?minRevision=111");
    Page page = console.open("paged/activity", Look.LIGHT);
    Locator foot = page.locator("#events-foot");
    assertThat(foot).containsText("Revisions 111 to 62 of 111");
    assertThat(Parts.link(page, "Previous")).hasCount(0);
    String firstPage = page.url();

    Parts.link(page, "Next").click();
    assertThat(foot).containsText("Revisions 61 to 12 of 111");
    String secondPage = page.url();
    rename("paged", "the newest name");
    assertThat(foot).containsText("Revisions 61 to 12 of 112");
    Parts.link(page, "Next").click();
    assertThat(foot).containsText("Revisions 11 to 1 of 112");
    assertThat(Parts.link(page, "Next")).hasCount(0);

    Parts.link(page, "Previous").click();
    assertThat(page).hasURL(secondPage);
    assertThat(foot).containsText("Revisions 61 to 12 of 112");
    page.goBack();
    assertThat(foot).containsText("Revisions 11 to 1 of 112");
    page.goForward();
    Parts.link(page, "Previous").click();
    assertThat(foot).containsText("Revisions 111 to 62 of 112");
    Parts.link(page, "Previous").click();
    assertThat(page).hasURL(firstPage);
    assertThat(foot).containsText("Revisions 112 to 63 of 112");
  }

  @Test
  void theFilterStaysWhenTheLogIsPaged() {
    String[] edges = IntStream.range(0, 60).mapToObj("e%03d"::formatted).toArray(String[]::new);
    console.group("kept", TunnelProtocol.WIREGUARD, edges);
    console.api().get("/v1/groups/kept?minRevision=61");
    Page page = console.open("kept/activity?what=MemberAdded", Look.LIGHT);
    assertThat(rows(page)).hasCount(50);
    String firstPage = page.url();

    Parts.link(page, "Next").click();
    assertThat(rows(page)).hasCount(10);
    assertThat(labelled(page, "What")).hasValue("MemberAdded");
    Parts.link(page, "Previous").click();
    assertThat(page).hasURL(firstPage);
    assertThat(rows(page)).hasCount(50);
  }

  private void rename(String group, String name) {
    ObjectNode change = Operator.object().put("name", name);
    console.api().send(ApiCommand.patch("/v1/groups/" + group, change));
  }

  private static Locator rows(Page page) {
    return page.locator("table tbody");
  }
}
