package io.linkwright.terminal.command;

import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.terminal.output.FileFault;
import io.linkwright.terminal.output.OutputException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells people what failed: expected failures in words, bugs with their stack trace. */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    switch (failure) {
      case CommandFailure expected -> say(command, expected.getMessage());
      case ApiException.Refused refused -> {
        say(command, refused.getMessage());
        Advice.on(refused.problem()).ifPresent(command.getErr()::println);
      }
      case ApiException expected -> say(command, expected.getMessage());
      case UncheckedIOException unreadable ->
          say(
              command,
              "a file cannot be read or written: " + FileFault.words(unreadable.getCause()));
      case OutputException.ReaderGone _ -> {
        return command.getCommandSpec().exitCodeOnSuccess();
      }
      case OutputException.Lost lost -> say(command, lost.getMessage());
      default -> {
        say(command, "this is a bug, please report it with the lines below");
        failure.printStackTrace(command.getErr());
      }
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static void say(CommandLine command, String message) {
    command
        .getErr()
        .println(
            Printable.lines("%s: %s".formatted(command.getCommandSpec().root().name(), message)));
  }
}
