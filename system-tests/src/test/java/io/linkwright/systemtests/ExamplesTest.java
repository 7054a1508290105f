package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The downstream services of {@code examples/}, beside the real all-in-one run. */
@Tag("broker")
final class ExamplesTest {
  private static final Duration ALERT_LIMIT = Duration.ofSeconds(60);
  private static final int MAX_LINES = 60;

  @TempDir private static Path directory;
  private static LinkwrightProcess.Site site;
  private static LinkwrightProcess process;
  private static LinkwrightApi api;
  private static Operator operator;

  @BeforeAll
  static void start() {
    site = LinkwrightProcess.Site.in(directory);
    process = LinkwrightProcess.up(site);
    api = new LinkwrightApi(site.server());
    operator = new Operator(api);
  }

  @AfterAll
  static void stop() {
    api.close();
    process.close();
  }

  @Test
  void theJavaExampleTellsWhoIsIsolated() {
    try (ExampleProcess example = ExampleProcess.java(site)) {
      tellsWhoIsIsolated(example, "java-alerts");
    }
  }

  @Test
  void thePythonExampleTellsWhoIsIsolated() {
    try (ExampleProcess example = ExampleProcess.python(site)) {
      tellsWhoIsIsolated(example, "python-alerts");
    }
  }

  @Test
  void anExampleIsReadAtOnce() throws IOException {
    Path examples = Path.of("..", "examples");

    for (Path source :
        List.of(
            examples.resolve("java/src/main/java/io/linkwright/examples/IsolatedAlerts.java"),
            examples.resolve("python/isolated_alerts.py"))) {
      assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThan(MAX_LINES);
    }
  }

  /** Of three members the one that loses its only link, while the example runs. */
  private static void tellsWhoIsIsolated(ExampleProcess example, String group) {
    operator.createPartialMesh(group, TunnelProtocol.IPSEC);
    for (String edge : List.of("alpha", "beta", "gamma")) {
      operator.addMember(group, edge);
    }
    operator.addLink(group, "alpha", "beta");
    operator.addLink(group, "beta", "gamma");
    long revision = operator.removeLink(group, "beta", "gamma").path("revision").asLong();

    example.awaitLine(
        "isolated: member gamma of group %s, revision %d".formatted(group, revision), ALERT_LIMIT);

    assertThat(example.output().lines())
        .noneMatch(line -> line.contains("alpha") && line.endsWith("revision " + revision))
        .noneMatch(line -> line.contains("beta") && line.endsWith("revision " + revision));
  }
}
