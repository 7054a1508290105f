package io.linkwright.terminal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter written = new StringWriter();

  @Test
  void elsewhereThanOnATerminalItIsALineForEachTenth() {
    Progress progress =
        new Progress(new PrintWriter(written), Progress.Style.LINES, "links", 1_000);

    for (int i = 0; i < 1_000; i++) {
      progress.advance(1);
    }

    assertThat(written.toString().lines())
        .hasSize(11)
        .startsWith("links 1/1000", "links 100/1000")
        .endsWith("links 1000/1000");
  }

  @Test
  void onATerminalOneLineRedrawsItselfAndEnds() {
    Progress progress = new Progress(new PrintWriter(written), Progress.Style.BAR, "links", 2);

    progress.advance(1);
    progress.advance(1);

    assertThat(written.toString())
        .isEqualTo(
            "\rlinks    [%s%s] 1/2\rlinks    [%s] 2/2%n"
                .formatted("█".repeat(12), "·".repeat(12), "█".repeat(24)));
  }
}
