package io.linkwright.cli.command;

import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.ActorHeader;
import io.linkwright.terminal.command.RootCommand;
import io.linkwright.terminal.settings.ConfigurationException;
import io.linkwright.terminal.settings.Setting;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Who gives a command. */
final class ActorOption {
  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description =
          "Who asks, for the log. Default: LINKWRIGHT_ACTOR, then actor in the configuration file")
  private Optional<String> given;

  /** As given to {@code command}, or as set outside of it. */
  Optional<String> of(CommandSpec command) {
    Optional<Setting> actor;
    try {
      actor =
          given
              .map(text -> new Setting(text, "--actor"))
              .or(() -> RootCommand.of(command).settings().actor());
    } catch (ConfigurationException broken) {
      throw new ParameterException(command.commandLine(), broken.getMessage(), broken);
    }
    return actor.map(setting -> checked(command, setting));
  }

  /** What cannot be shown cannot be kept in a log that people read. */
  private static String checked(CommandSpec command, Setting setting) {
    try {
      ActorHeader.encode(setting.value());
      return setting.value();
    } catch (IllegalArgumentException cannotBeSent) {
      throw new ParameterException(
          command.commandLine(),
          "%s '%s' %s"
              .formatted(
                  setting.source(), Printable.of(setting.value()), cannotBeSent.getMessage()),
          cannotBeSent);
    }
  }
}
