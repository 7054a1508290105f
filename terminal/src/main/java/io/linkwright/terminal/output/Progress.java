package io.linkwright.terminal.output;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Shows how far something is: a bar that redraws itself on a terminal, a line for each tenth
 * elsewhere. Thread-safe: the counting threads are many, each line is written once.
 */
public final class Progress {
  private static final int BAR_WIDTH = 24;
  private static final int STEPS_ON_TERMINAL = 200;
  private static final int STEPS_ELSEWHERE = 10;

  private final PrintWriter out;
  private final Style style;
  private final String what;
  private final long total;
  private long done;
  private int shownStep = -1;

  /** How progress is drawn. */
  public enum Style {
    /** One line that redraws itself. */
    BAR,
    /** A line now and then. */
    LINES
  }

  /** Nothing done yet out of {@code total}. */
  public Progress(PrintWriter out, Style style, String what, long total) {
    this.out = out;
    this.style = style;
    this.what = what;
    this.total = total;
  }

  /** A bar if a person watches, lines otherwise. */
  public static Style styleOfConsole() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return terminal ? Style.BAR : Style.LINES;
  }

  /** Counts {@code more} as done. */
  public synchronized void advance(long more) {
    done += more;
    int steps = style == Style.BAR ? STEPS_ON_TERMINAL : STEPS_ELSEWHERE;
    int step = (int) (done * steps / Math.max(1, total));
    if (step == shownStep) {
      return;
    }
    shownStep = step;
    switch (style) {
      case BAR -> {
        int filled = (int) (done * BAR_WIDTH / Math.max(1, total));
        out.print(
            "\r%-8s [%s%s] %d/%d"
                .formatted(what, "█".repeat(filled), "·".repeat(BAR_WIDTH - filled), done, total));
        if (done >= total) {
          out.println();
        }
      }
      case LINES -> out.println("%s %d/%d".formatted(what, done, total));
    }
    out.flush();
  }
}
