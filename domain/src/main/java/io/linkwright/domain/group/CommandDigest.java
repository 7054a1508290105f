package io.linkwright.domain.group;

/**
 * SHA-256, in hexadecimal, of what a command asks for: the same for every try of one command, and
 * another for any other command. Stands on the log with the command's events, so that a repeat is
 * told from a key that is used for something else.
 */
public record CommandDigest(String hex) {
  private static final int LENGTH = 64;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException unless there are 64 hexadecimal digits
   */
  public CommandDigest {
    if (!isForm(hex)) {
      throw new IllegalArgumentException("a command's digest has 64 hexadecimal digits");
    }
  }

  /** Every event that is read has one: an expression would cost as much as its MAC. */
  private static boolean isForm(String hex) {
    boolean allowed = hex.length() == LENGTH;
    for (int index = 0; allowed && index < LENGTH; index++) {
      char digit = hex.charAt(index);
      allowed = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    }
    return allowed;
  }

  /** Of the command as a client gave it. */
  public static CommandDigest of(GroupCommand command) {
    return new CommandDigest(CanonicalCommand.of(command).sha256Hex());
  }
}
