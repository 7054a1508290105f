package io.linkwright.terminal.command;

import io.linkwright.domain.text.Printable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Tells people what is wrong with the arguments, in two lines rather than a page. */
final class UsageReport implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException refused, String[] arguments) {
    CommandLine command = refused.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        Printable.lines(
            "%s: %s"
                .formatted(
                    command.getCommandSpec().root().name(),
                    refused.getMessage().replaceFirst("^Error: ", ""))));
    if (command.getSubcommands().isEmpty()) {
      err.println("Try: %s --help".formatted(command.getCommandSpec().qualifiedName()));
    } else {
      command.usage(err);
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
