package io.linkwright.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter written = new StringWriter();

  @Test
  void aTerminalIsRepaintedFromItsCorner() {
    terminal(10, 20).show("EDGE\ndenver");

    assertThat(written.toString()).isEqualTo("\u001b[HEDGE\u001b[K\ndenver\u001b[K\n\u001b[J");
  }

  @Test
  void whatDoesNotFitATerminalIsCutAndSaidToBe() {
    terminal(4, 6).show("one\ntwo is long\nthree\nfour");

    assertThat(written.toString())
        .isEqualTo("\u001b[Hone\u001b[K\ntwo is\u001b[K\n… 2 more lines\u001b[K\n\u001b[J");
  }

  @Test
  void elsewhereItComesBelow() {
    Screen lines = new Screen.Lines(new PrintWriter(written), "\n");

    lines.show("a\nb");
    lines.show("c");

    assertThat(written.toString()).isEqualTo("a\nb\n\nc\n\n");
  }

  @Test
  void aTerminalThatDoesNotTellItsSizeIsTakenForASmallOne() {
    assertThat(TerminalSize.parse("50 120\n")).isEqualTo(new TerminalSize(50, 120));
    assertThat(TerminalSize.parse("0 0\n")).isEqualTo(new TerminalSize(24, 80));
    assertThat(TerminalSize.parse("")).isEqualTo(new TerminalSize(24, 80));
  }

  private Screen terminal(int rows, int columns) {
    return new Screen.Terminal(new PrintWriter(written), new TerminalSize(rows, columns));
  }
}
