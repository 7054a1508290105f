package io.linkwright.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An open page while the server is away. */
@Tag("browser")
final class ConsoleRecoveryTest {
  private static final double RESTART_LIMIT_MS = 60_000;

  @Test
  void aLostConnectionIsShownAndRecoversByItself(@TempDir Path directory) {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    try (Browser browser = Browser.start();
        LinkwrightApi api = new LinkwrightApi(site.server())) {
      Page page = browser.page(Browser.Look.LIGHT);
      Operator operator = new Operator(api);
      try (LinkwrightProcess _ = LinkwrightProcess.up(site)) {
        operator.createPartialMesh("back", TunnelProtocol.WIREGUARD);
        operator.addMember("back", "a");
        operator.addMember("back", "b");
        api.get("/v1/groups/back?minRevision=3");
        page.navigate(site.server() + "/console/groups/back");
        assertThat(page.locator("#connection")).hasText("Live");
      }

      assertThat(page.locator("#connection")).hasText("Connection lost, trying again");
      try (LinkwrightProcess _ = LinkwrightProcess.up(site)) {
        operator.addLink("back", "a", "b");

        assertThat(page.locator("#connection"))
            .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(RESTART_LIMIT_MS));
        assertThat(page.locator("#link-a_b")).isVisible();
      }
    }
  }
}
