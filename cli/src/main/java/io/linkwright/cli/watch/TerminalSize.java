package io.linkwright.cli.watch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows and columns of the terminal when the watch began. */
public record TerminalSize(int rows, int columns) {
  /** A VT100's, where the terminal does not tell. */
  private static final TerminalSize DEFAULT = new TerminalSize(24, 80);

  private static final long STTY_TIMEOUT_MS = 500;
  private static final int MAX_ANSWER_BYTES = 64;
  private static final Pattern ANSWER = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})\\s*");

  /** Asks {@code stty}, which every POSIX system has. */
  static TerminalSize ofConsole() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(STTY_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return DEFAULT;
      }
      byte[] answer = stty.getInputStream().readNBytes(MAX_ANSWER_BYTES);
      return parse(new String(answer, StandardCharsets.US_ASCII));
    } catch (IOException noTerminal) {
      return DEFAULT;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return DEFAULT;
    }
  }

  static TerminalSize parse(String answer) {
    Matcher size = ANSWER.matcher(answer);
    return size.matches()
        ? new TerminalSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
        : DEFAULT;
  }
}
