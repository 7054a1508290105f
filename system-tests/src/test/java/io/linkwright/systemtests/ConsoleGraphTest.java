package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.linkwright.systemtests.Parts.choose;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.systemtests.Browser.Look;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The graph in the console. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleGraphTest {
  private final ConsoleStack console;

  ConsoleGraphTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void theGraphShowsMembersLinksAndWhoIsAlone() {
    console.group("map", TunnelProtocol.WIREGUARD, "a", "b", "c");
    console.operator().addLink("map", "a", "b");
    Page page = console.open("map/graph", Look.LIGHT);
    Locator graph = page.locator("#graph");
    assertThat(graph).hasAttribute("data-nodes", "3");
    assertThat(graph).hasAttribute("data-isolated", "c");

    console.operator().addLink("map", "b", "c");
    assertThat(graph).hasAttribute("data-edges", "2");
    assertThat(graph).hasAttribute("data-isolated", "");
    assertThat(graph).hasAttribute("data-up", "2");
  }

  @Test
  void aChangeIsDrawnWithoutDrawingTheOthersAnew() {
    console.group("brush", TunnelProtocol.WIREGUARD, "a", "b", "c", "d", "e", "f");
    for (String peer : List.of("b", "c", "d", "e")) {
      console.operator().addLink("brush", "a", peer);
    }
    Page page = console.open("brush/graph", Look.LIGHT);
    Locator graph = page.locator("#graph");
    assertThat(graph).hasAttribute("data-up", "4");
    page.evaluate("() => { document.getElementById('graph').dataset.repainted = 0; }");

    console.operator().addLink("brush", "e", "f");

    assertThat(graph).hasAttribute("data-up", "5");
    assertThat(graph).hasAttribute("data-isolated", "");
    // The link, unless it came up later than it came, and the member that is isolated no more.
    assertThat(graph).hasAttribute("data-repainted", Pattern.compile("[23]"));
  }

  @Test
  void aMemberIsFoundByItsNameAndItsLinksAreShown() {
    console.group("seek", TunnelProtocol.WIREGUARD, "lima", "oslo", "rome");
    console.operator().addLink("seek", "lima", "oslo");
    console.operator().addLink("seek", "oslo", "rome");
    Page page = console.open("seek/graph", Look.LIGHT);
    assertThat(page.locator("#graph")).hasAttribute("data-nodes", "3");

    choose(page, "Find", "osl");

    assertThat(page.locator("#graph-side h2")).hasText("oslo");
    assertThat(page.locator("#graph-side .plain > li")).hasCount(2);
    assertThat(page.locator("#graph")).hasAttribute("data-chosen", "oslo");
  }
}
