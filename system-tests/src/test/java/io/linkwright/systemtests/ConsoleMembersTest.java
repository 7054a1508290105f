package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.linkwright.systemtests.Parts.button;
import static io.linkwright.systemtests.Parts.dialog;
import static io.linkwright.systemtests.Parts.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.systemtests.Browser.Look;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members in the console: their keys, their tokens, and how they go. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleMembersTest {
  private static final Pattern TOKEN = Pattern.compile("lwe_[A-Za-z0-9_-]{54}");

  private final ConsoleStack console;

  ConsoleMembersTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void removingAMemberNamesItsPeersAndLeadsBackToTheMembers() {
    console.group("leave", TunnelProtocol.WIREGUARD, "a", "b", "c");
    console.operator().addLink("leave", "a", "b");
    Page page = console.open("leave/members/a", Look.LIGHT);
    assertThat(page.locator("#keys")).containsText("SHA256:");

    button(page, "Remove member").click();
    assertThat(dialog(page).locator(".named li")).hasText(new String[] {"a", "b"});
    button(dialog(page), "Remove member").click();

    page.waitForURL("**/groups/leave/members");
    assertThat(page.locator("#member-a")).hasCount(0);
    assertThat(page.locator("#notices")).containsText("2 members are isolated");
  }

  @Test
  void aRevokedMembersLinksWaitForItsNextDeviceWhichGetsANewToken() {
    console.group("lost", TunnelProtocol.WIREGUARD, "lost-a", "lost-b");
    console.operator().addLink("lost", "lost-a", "lost-b");
    Page page = console.open("lost/members/lost-a", Look.LIGHT);
    assertThat(page.locator("#link-lost-a_lost-b")).containsText("Up");

    button(page, "Revoke keys").click();
    assertThat(dialog(page)).containsText("2 edges are reconfigured");
    button(dialog(page), "Revoke keys").click();
    assertThat(page.locator("#member .title-line")).containsText("Revoked");
    assertThat(page.locator("#link-lost-a_lost-b")).containsText("Unknown");
    assertThat(button(page, "Revoke keys")).hasCount(0);

    button(page, "New token").click();
    button(dialog(page), "Make token").click();
    String first = page.locator("#token").textContent();
    button(dialog(page), "I have it").click();
    button(page, "New token").click();
    button(dialog(page), "Make token").click();
    assertThat(page.locator("#token")).not().hasText(first);
    assertThat(first).matches(TOKEN);
    assertThat(page.locator("#token")).hasText(TOKEN);
    button(dialog(page), "I have it").click();
    assertThat(page.locator("#token")).hasCount(0);
    assertThat(page.content()).doesNotContain(first);
  }

  @Test
  void aRevokedMembersLinksGoIfThatIsWanted() {
    console.group("stolen", TunnelProtocol.WIREGUARD, "stolen-a", "stolen-b");
    console.operator().addLink("stolen", "stolen-a", "stolen-b");
    Page page = console.open("stolen/members/stolen-a", Look.LIGHT);
    assertThat(page.locator("#link-stolen-a_stolen-b")).containsText("Up");

    button(page, "Revoke keys").click();
    labelled(page, "Remove").check();
    button(dialog(page), "Revoke keys").click();

    assertThat(page.locator("#link-stolen-a_stolen-b")).hasCount(0);
    assertThat(page.locator("#member .title-line")).containsText("Isolated");
    button(page, "Remove member").click();
    button(dialog(page), "Remove member").click();
    page.waitForURL("**/groups/stolen/members");
    assertThat(page.locator("#member-stolen-a")).hasCount(0);
  }
}
