package io.linkwright.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright completion}: lets a shell complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets a shell complete commands and options.",
      "As in: source <(linkwright completion bash); in zsh after: autoload -U bashcompinit;"
          + " bashcompinit"
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  /** What the script is for; both read the same one. */
  enum Shell {
    BASH,
    ZSH
  }

  @Override
  public void run() {
    CommandLine root = command.root().commandLine();
    String script =
        switch (shell) {
          case BASH, ZSH -> AutoComplete.bash(root.getCommandName(), root);
        };
    command.commandLine().getOut().println(script);
  }
}
