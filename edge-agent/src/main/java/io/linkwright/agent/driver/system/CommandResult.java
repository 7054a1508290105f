package io.linkwright.agent.driver.system;

/**
 * What became of a command.
 *
 * @param output may hold secrets, so it is never printed
 * @param error what the program complained of
 */
public record CommandResult(int exitCode, String output, String error) {
  private static final int SUCCESS = 0;
  private static final int MAX_REASON_CHARACTERS = 500;

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

  /** Why it did not, in one line for an operator, without keys. */
  public String reason() {
    String line = Command.withoutKeys(error).strip().replaceAll("\\s*\\R\\s*", "; ");
    if (line.isEmpty()) {
      return "exit code " + exitCode;
    }
    return line.length() <= MAX_REASON_CHARACTERS ? line : line.substring(0, MAX_REASON_CHARACTERS);
  }

  @Override
  public String toString() {
    return "CommandResult[exitCode=%d, error=%s]".formatted(exitCode, reason());
  }
}
