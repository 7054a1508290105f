package io.linkwright.cli.command;

import io.linkwright.cli.settings.ConfigurationException;
import io.linkwright.cli.settings.Setting;
import io.linkwright.http.ActorHeader;
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
    try {
      Optional<String> actor =
          given.or(() -> LinkwrightCommand.of(command).settings().actor().map(Setting::value));
      actor.ifPresent(ActorHeader::encode);
      return actor;
    } catch (IllegalArgumentException cannotBeSent) {
      throw new ParameterException(
          command.commandLine(), "--actor " + cannotBeSent.getMessage(), cannotBeSent);
    } catch (ConfigurationException broken) {
      throw new ParameterException(command.commandLine(), broken.getMessage(), broken);
    }
  }
}
