package io.linkwright.terminal.command;

import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Patience;
import io.linkwright.terminal.settings.ConfigurationException;
import io.linkwright.terminal.settings.Setting;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command speaks to. */
public final class ServerOptions {
  private static final Setting DEFAULT = new Setting("http://127.0.0.1:8080", "the default");

  private static final Duration MAX_LIMIT = Duration.ofDays(1);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server to speak to. Default: LINKWRIGHT_SERVER, then server in the configuration"
              + " file, then http://127.0.0.1:8080")
  private Optional<String> given;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description =
          "How long each answer is waited for, repetitions included, as in 45s or PT2M. Default:"
              + " ${DEFAULT-VALUE}")
  private String timeout;

  /** Where the server is. */
  public URI address() {
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

  /** Speaks to it from now on; what it waits for is told on the error stream. */
  public LinkwrightApi open() {
    PrintWriter err = command.commandLine().getErr();
    AtomicReference<String> told = new AtomicReference<>("");
    return new LinkwrightApi(
        address(),
        new Patience(
            limit(),
            reason -> {
              // Of many requests at the same time one is enough to say it.
              if (!reason.equals(told.getAndSet(reason))) {
                err.println(Printable.of("linkwright: waiting for the server: " + reason));
              }
            }));
  }

  /** {@code 30s} is short for {@code PT30S}. */
  private Duration limit() {
    String text = timeout.startsWith("P") ? timeout : "PT" + timeout;
    try {
      Duration limit = Duration.parse(text);
      if (limit.isPositive() && limit.compareTo(MAX_LIMIT) <= 0) {
        return limit;
      }
    } catch (DateTimeParseException noDuration) {
      throw refusedLimit();
    }
    throw refusedLimit();
  }

  private ParameterException refusedLimit() {
    return new ParameterException(
        command.commandLine(),
        "--timeout '%s' is no time such as 30s, 2m or PT1M30S, up to a day".formatted(timeout));
  }

  private Setting chosen() {
    try {
      return given
          .map(value -> new Setting(value, "--server"))
          .or(() -> RootCommand.of(command).settings().server())
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
