package io.linkwright.cli.watch;

import io.linkwright.terminal.output.DisplayWidth;
import io.linkwright.terminal.output.OutputException;
import io.linkwright.terminal.output.OutputFormat;
import io.linkwright.terminal.output.Progress;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Where the same is shown again and again. Owned by one thread. */
public sealed interface Screen {
  /** Shows the text in place of what was shown before, or below it. */
  void show(String text);

  /** A terminal if a person watches it and the text is for people, lines otherwise. */
  static Screen ofConsole(PrintWriter out, OutputFormat format) {
    return switch (format) {
      case TABLE ->
          switch (Progress.styleOfConsole()) {
            case BAR -> new Terminal(out, TerminalSize.ofConsole());
            case LINES -> new Lines(out, System.lineSeparator());
          };
      case JSON, YAML -> new Lines(out, "");
    };
  }

  /** Repaints from the upper left corner; what does not fit is cut off, and said to be. */
  record Terminal(PrintWriter out, TerminalSize size) implements Screen {
    /** ECMA-48: cursor to the corner; erase to the end of the line; erase what is below. */
    private static final String HOME = "\u001b[H";

    private static final String END_OF_LINE = "\u001b[K";
    private static final String BELOW = "\u001b[J";

    @Override
    public void show(String text) {
      List<String> lines = text.lines().toList();
      // The last row is for the cursor.
      int room = Math.max(2, size.rows() - 1);
      List<String> shown = lines;
      String more = "";
      if (lines.size() > room) {
        shown = lines.subList(0, room - 1);
        more = "… %d more lines%s%n".formatted(lines.size() - shown.size(), END_OF_LINE);
      }
      out.print(
          shown.stream()
              .map(line -> DisplayWidth.cut(line, size.columns()) + END_OF_LINE)
              .collect(Collectors.joining(System.lineSeparator(), HOME, System.lineSeparator())));
      out.print(more + BELOW);
      OutputException.check(out);
    }
  }

  /**
   * Below each other.
   *
   * @param gap after each
   */
  record Lines(PrintWriter out, String gap) implements Screen {
    @Override
    public void show(String text) {
      out.println(text);
      out.print(gap);
      OutputException.check(out);
    }
  }
}
