package io.linkwright.terminal.command;

import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.client.Authorities;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Patience;
import io.linkwright.terminal.output.FileFault;
import io.linkwright.terminal.settings.ConfigurationException;
import io.linkwright.terminal.settings.Setting;
import io.linkwright.terminal.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
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

  @Option(
      names = "--api-token-file",
      paramLabel = "FILE",
      description = {
        "A file with the token that proves who you are, readable by you alone. Default: the token",
        "in LINKWRIGHT_TOKEN, then api-token-file in the configuration file, then none"
      })
  private Optional<Path> tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "Certificates in PEM of the authorities that an https server may have its own from, beside",
        "those that Java knows"
      })
  private Optional<Path> authorities;

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
    authorities.ifPresent(this::trust);
    PrintWriter err = command.commandLine().getErr();
    AtomicReference<String> told = new AtomicReference<>("");
    return new LinkwrightApi(
        address(),
        token(),
        new Patience(
            limit(),
            reason -> {
              // Of many requests at the same time one is enough to say it.
              if (!reason.equals(told.getAndSet(reason))) {
                err.println(Printable.of("linkwright: waiting for the server: " + reason));
              }
            }));
  }

  private void trust(Path file) {
    try {
      Authorities.trust(file);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), "--ca " + refused.getMessage(), refused);
    }
  }

  /** Never an argument: everybody on the machine can read those. */
  private Optional<String> token() {
    if (tokenFile.isPresent()) {
      return Optional.of(read("--api-token-file", tokenFile.get()));
    }
    try {
      Settings settings = RootCommand.of(command).settings();
      return settings
          .token()
          .or(
              () ->
                  settings
                      .tokenFile()
                      .map(setting -> read(setting.source(), Path.of(setting.value()))));
    } catch (ConfigurationException broken) {
      throw new ParameterException(command.commandLine(), broken.getMessage(), broken);
    }
  }

  private String read(String source, Path file) {
    try {
      return TokenText.read(file);
    } catch (IOException unreadable) {
      throw new ParameterException(
          command.commandLine(),
          "%s %s: %s".formatted(source, file, FileFault.words(unreadable)),
          unreadable);
    }
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
