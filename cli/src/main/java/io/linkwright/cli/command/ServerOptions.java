package io.linkwright.cli.command;

import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.settings.ConfigurationException;
import io.linkwright.cli.settings.Setting;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command speaks to. */
final class ServerOptions {
  private static final Setting DEFAULT = new Setting("http://127.0.0.1:8080", "the default");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server to speak to. Default: LINKWRIGHT_SERVER, then server in the configuration"
              + " file, then http://127.0.0.1:8080")
  private Optional<String> given;

  /** Where the server is. */
  URI address() {
    Setting chosen = chosen();
    try {
      URI address = URI.create(chosen.value().strip());
      if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException notUri) {
      throw refused(chosen);
    }
    throw refused(chosen);
  }

  LinkwrightApi open() {
    return new LinkwrightApi(address());
  }

  private Setting chosen() {
    try {
      return given
          .map(value -> new Setting(value, "--server"))
          .or(() -> LinkwrightCommand.of(command).settings().server())
          .orElse(DEFAULT);
    } catch (ConfigurationException broken) {
      throw new ParameterException(command.commandLine(), broken.getMessage(), broken);
    }
  }

  private ParameterException refused(Setting chosen) {
    return new ParameterException(
        command.commandLine(),
        "%s '%s' is not an address such as http://127.0.0.1:8080"
            .formatted(chosen.source(), chosen.value()));
  }
}
