package io.linkwright.agent.driver.system;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What became of a command.
 *
 * @param output may hold secrets, so it is never printed
 * @param error what the program complained of
 */
public record CommandResult(int exitCode, String output, String error) {
  private static final int SUCCESS = 0;
  private static final int MAX_REASON_CHARACTERS = 500;

  /** Of the frame that wireguard-go draws around its greeting. */
  private static final Pattern DRAWN_LINE = Pattern.compile(".*[\\u2500-\\u257f].*");

  /** A command that did what it was to do. */
  public static CommandResult success(String output) {
    return new CommandResult(SUCCESS, output, "");
  }

  /** A command that did not. */
  public static CommandResult failure(int exitCode, String error) {
    return new CommandResult(exitCode, "", error);
  }

  /** Whether it did what it was to do. */
  public boolean succeeded() {
    return exitCode == SUCCESS;
  }

  /**
   * Why it did not, in one line for an operator, without keys. Of a long story the end: programs
   * say last what stopped them.
   */
  public String reason() {
    String line =
        Command.withoutKeys(error)
            .lines()
            .map(String::strip)
            .filter(said -> !said.isEmpty() && !DRAWN_LINE.matcher(said).matches())
            .collect(Collectors.joining("; "));
    if (line.isEmpty()) {
      return "exit code " + exitCode;
    }
    return line.substring(Math.max(0, line.length() - MAX_REASON_CHARACTERS));
  }

  @Override
  public String toString() {
    return "CommandResult[exitCode=%d, error=%s]".formatted(exitCode, reason());
  }
}
