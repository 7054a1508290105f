package io.linkwright.domain.group;

import java.util.regex.Pattern;

/**
 * SHA-256, in hexadecimal, of what a command asks for: the same for every try of one command, and
 * another for any other command. Stands on the log with the command's events, so that a repeat is
 * told from a key that is used for something else.
 */
public record CommandDigest(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException unless there are 64 hexadecimal digits
   */
  public CommandDigest {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a command's digest has 64 hexadecimal digits");
    }
  }

  /** Of the command as a client gave it. */
  public static CommandDigest of(GroupCommand command) {
    return new CommandDigest(CanonicalCommand.of(command).sha256Hex());
  }
}
