package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real operators' networks through the command line; counts as another tool gives them. */
@Tag("broker")
final class ImportTest {
  @TempDir private static Path directory;
  private static LinkwrightProcess.Site site;
  private static LinkwrightProcess process;
  private static LinkwrightApi api;

  @BeforeAll
  static void start() {
    site = LinkwrightProcess.Site.in(directory);
    process = LinkwrightProcess.up(site);
    api = new LinkwrightApi(site.server());
  }

  @AfterAll
  static void stop() {
    api.close();
    process.close();
  }

  @Test
  void kdlBecomesAGroupAndASecondImportChangesNothing() {
    NetworkImport.run(site, NetworkImport.KDL, "kdl");
    JsonNode first = group("kdl");

    NetworkImport.run(site, NetworkImport.KDL, "kdl");

    assertThat(first.path("memberCount").asInt()).isEqualTo(754);
    assertThat(first.path("linkCount").asInt()).isEqualTo(895);
    assertThat(first.path("isolatedMembers")).isEmpty();
    assertThat(group("kdl").path("revision").asLong())
        .isEqualTo(first.path("revision").asLong())
        .isEqualTo(1 + 754 + 895);
  }

  @Test
  void theIsolatedSitesOfDialtelecomAreNamed() {
    NetworkImport.run(site, NetworkImport.DIALTELECOM, "dialtelecom");

    JsonNode group = group("dialtelecom");

    assertThat(group.path("memberCount").asInt()).isEqualTo(193);
    assertThat(group.path("linkCount").asInt()).isEqualTo(151);
    assertThat(group.path("isolatedMembers")).hasSize(55);
    assertThat(group.path("notices"))
        .map(notice -> notice.path("edge"))
        .containsExactlyElementsOf(group.path("isolatedMembers"));
  }

  /** The group as the view shows it once it has seen all that is on the log. */
  private static JsonNode group(String id) {
    long revision =
        new Log(site.bootstrapServers())
            .events().stream().filter(event -> event.group().value().equals(id)).count();
    return api.get("/v1/groups/" + id + "?minRevision=" + revision);
  }
}
