package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.systemtests.Browser.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Faults as the ends of a link see them, on open pages. */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ConsoleFaultsTest {
  private static final EdgeId BERGEN = new EdgeId("bergen");
  private static final EdgeId OSLO = new EdgeId("oslo");
  private static final GroupId GROUP = new GroupId("faulty");

  private final ConsoleStack console;

  ConsoleFaultsTest(ConsoleStack console) {
    this.console = console;
  }

  @Test
  void aFaultThatOneEndSeesIsThatEndsWordAndTheGroupsNotice(@TempDir Path directory) {
    try (EdgeSite edges = new EdgeSite(List.of(BERGEN, OSLO))) {
      givenALinkBetween(edges, directory);
      Page page = console.open("faulty", Look.LIGHT);
      Page groups = console.openGroups(Look.LIGHT);
      Locator tunnels = page.locator("#link-bergen_oslo tr");
      assertThat(tunnels.nth(0)).containsText("SA: Established");
      assertThat(tunnels.nth(1)).containsText("SA: Established");
      assertThat(page.locator(".ends")).hasCount(0);

      edges.seesDown(OSLO, GROUP, Set.of(1));
      assertThat(tunnels.nth(1)).containsText("SA: Down");
      assertThat(tunnels.nth(1).locator(".ends li"))
          .hasText(new String[] {"bergen: Up", "oslo: Down"});
      assertThat(tunnels.nth(0)).containsText("SA: Established");
      assertThat(page.locator("#notices")).containsText("has lost wg3 and runs on wg2 alone");
      assertThat(page.locator("#group-head")).containsText("1 link degraded");
      assertThat(groups.locator("#group-faulty")).containsText("1 link degraded");
      Browser.screenshot(page, Look.LIGHT, "degraded");

      edges.seesDown(OSLO, GROUP, Set.of(0, 1));
      assertThat(page.locator("#group-head")).containsText("1 link down");
      assertThat(page.locator("#notices")).containsText("Link bergen~oslo is down");
      assertThat(groups.locator("#group-faulty")).containsText("1 link down");

      edges.seesDown(OSLO, GROUP, Set.of());
      assertThat(tunnels.nth(1)).containsText("SA: Established");
      assertThat(page.locator("#notices")).not().containsText("bergen");
      assertThat(page.locator("#group-head")).containsText("No faults known");
      assertThat(groups.locator("#group-faulty")).containsText("No faults known");

      edges.disconnect(OSLO);
      assertThat(tunnels.nth(0)).containsText("SA: Unknown");
      assertThat(tunnels.nth(0).locator(".ends li").nth(0)).hasText("bergen: Up");
      assertThat(tunnels.nth(0).locator(".ends li").nth(1))
          .hasText(Pattern.compile("oslo: Unknown, last heard of \\d+ s ago"));
      assertThat(console.api().get("/v1/groups/faulty").path("notices")).isEmpty();
    }
  }

  private void givenALinkBetween(EdgeSite edges, Path directory) {
    console.operator().createPartialMesh("faulty", TunnelProtocol.IPSEC);
    for (EdgeId edge : List.of(BERGEN, OSLO)) {
      console
          .operator()
          .addMember(
              "faulty", edge.value(), edges.keysOf(edge).publicKeysFor(TunnelProtocol.IPSEC));
    }
    edges.connect(console.site().server(), console.site().controllerKey().publicKey(), directory);
    console.operator().addLink("faulty", "bergen", "oslo");
  }
}
