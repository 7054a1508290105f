package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.systemtests.Browser.Look;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others do shows on open pages by itself. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleLiveTest {
  private final ConsoleStack console;
  private final Operator operator;

  ConsoleLiveTest(ConsoleStack console) {
    this.console = console;
    this.operator = console.operator();
  }

  @Test
  void whatAnotherClientDoesShowsWithoutAReloadAndTheBannerComesAndGoes() {
    console.group("live", TunnelProtocol.WIREGUARD, "p", "q", "r");
    operator.addLink("live", "p", "q");
    Page page = console.open("live", Look.LIGHT);
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
    console.group("rows", TunnelProtocol.WIREGUARD, "k", "l", "m");
    operator.addLink("rows", "k", "l");
    Page page = console.open("rows", Look.LIGHT);
    assertThat(page.locator("#link-k_l")).containsText("Up");
    page.evaluate("() => { document.getElementById('link-k_l').painted = 'once'; }");

    operator.addLink("rows", "l", "m");

    assertThat(page.locator("#link-l_m")).containsText("Up");
    assertThat(page.evaluate("() => document.getElementById('link-k_l').painted"))
        .isEqualTo("once");
  }

  @Test
  void theGroupsPageFollowsGroupsThatComeChangeAndGo() {
    Page page = console.openGroups(Look.LIGHT);
    assertThat(page.locator("#connection")).hasText("Live");
    page.evaluate("() => { window.unloaded = false; }");

    console.group("arriving", TunnelProtocol.WIREGUARD, "a", "b");
    assertThat(page.locator("#group-arriving")).containsText("2 isolated");

    operator.addLink("arriving", "a", "b");
    assertThat(page.locator("#group-arriving")).containsText("No faults known");

    console.api().send(ApiCommand.delete("/v1/groups/arriving"));
    assertThat(page.locator("#group-arriving")).hasCount(0);
    assertThat(page.evaluate("() => window.unloaded")).isEqualTo(false);
  }
}
