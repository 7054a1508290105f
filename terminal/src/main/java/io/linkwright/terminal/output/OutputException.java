package io.linkwright.terminal.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** What a command has to say does not arrive. */
public abstract sealed class OutputException extends RuntimeException {
  private OutputException(String message) {
    super(message);
  }

  /** Nobody reads any more, as after {@code | head}: no reason to complain. */
  public static final class ReaderGone extends OutputException {
    ReaderGone() {
      super("nobody reads the output any more");
    }
  }

  /** It is lost, as on a disk that is full. */
  public static final class Lost extends OutputException {
    Lost(Optional<IOException> failure) {
      super(
          "the output could not be written%s"
              .formatted(failure.map(cause -> ": " + cause.getMessage()).orElse("")));
    }
  }

  /**
   * Writes out what is waiting.
   *
   * @throws OutputException if anything written so far was not taken
   */
  public static void check(PrintWriter out) {
    if (!out.checkError()) {
      return;
    }
    Optional<IOException> failure =
        out instanceof CommandOutput output ? output.failure() : Optional.empty();
    if (failure.filter(CommandOutput::isReaderGone).isPresent()) {
      throw new ReaderGone();
    }
    throw new Lost(failure);
  }
}
