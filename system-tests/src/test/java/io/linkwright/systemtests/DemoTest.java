package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a newcomer runs first. */
@Tag("broker")
final class DemoTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void theDemoShowsTheMainJobAndHolds() {
    try (LinkwrightProcess demo = LinkwrightProcess.run(List.of("demo"))) {
      assertThat(demo.exitCode(LIMIT)).as(demo.output()).isZero();
      assertThat(demo.output()).contains("SA: Established", "isolated");
    }
  }
}
