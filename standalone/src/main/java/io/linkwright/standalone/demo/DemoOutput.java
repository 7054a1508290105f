package io.linkwright.standalone.demo;

import io.linkwright.terminal.output.Table;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells the demo step by step, and remembers whether every check held. Used by one thread. */
final class DemoOutput {
  private static final String INDENT = "     ";

  private final PrintWriter out;
  private int step;
  private int held;
  private int failed;

  DemoOutput(PrintWriter out) {
    this.out = out;
  }

  /** Begins the next step. */
  void step(String title) {
    step++;
    out.printf(Locale.ROOT, "%n %d.  %s%n", step, title);
    out.flush();
  }

  /** Says something. */
  void say(String text) {
    text.lines().forEach(line -> out.println(INDENT + line));
    out.flush();
  }

  /** Shows a table. */
  void show(Table table) {
    out.println();
    out.println(table.render(INDENT));
    out.println();
    out.flush();
  }

  /** Says what was checked, and whether it held. */
  void check(boolean holds, String what) {
    if (holds) {
      held++;
    } else {
      failed++;
    }
    out.println(INDENT + (holds ? "✓ " : "✗ ") + what);
    out.flush();
  }

  /** Whether every check so far held. */
  boolean allHeld() {
    return failed == 0;
  }

  /** The last line. */
  void conclude(double seconds) {
    out.printf(
        Locale.ROOT,
        failed == 0
            ? "%n ✓ All %d checks held, in %.1f s.%n"
            : "%n ✗ %2$d of %1$d checks did not hold, after %3$.1f s.%n",
        failed == 0 ? new Object[] {held, seconds} : new Object[] {held + failed, failed, seconds});
    out.flush();
  }
}
