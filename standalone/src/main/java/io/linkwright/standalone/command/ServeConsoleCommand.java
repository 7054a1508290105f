package io.linkwright.standalone.command;

import io.linkwright.console.ConsoleAccess;
import io.linkwright.console.ConsoleModule;
import io.linkwright.console.api.HttpAddress;
import io.linkwright.console.api.Services;
import io.linkwright.console.web.ApiDocs;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.access.Authentication;
import io.linkwright.standalone.run.RunException;
import io.linkwright.standalone.serve.ServiceRun;
import io.linkwright.standalone.serve.ServiceRun.Part;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.TokenText;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linkwright serve console}. */
@Command(
    name = "console",
    description = "Show groups in a browser and change them there, as a client of the HTTP API.")
final class ServeConsoleCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--command-url",
      required = true,
      paramLabel = "URL",
      description = "Of a command-service, or of a server that passes requests on to it")
  private URI commandUrl;

  @Option(
      names = "--query-url",
      required = true,
      paramLabel = "URL",
      description = "Of a topology-stream, or of a server that passes requests on to it")
  private URI queryUrl;

  @Option(
      names = "--docs-url",
      paramLabel = "URL",
      description =
          "Of a server with /docs and /openapi.json, as browsers reach it. Default: no links there")
  private Optional<URI> docsUrl;

  @Mixin private ListenOptions listen;

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Of the HTTP server, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--api-token-file",
      paramLabel = "FILE",
      description = {
        "For services that ask who is calling: visitors sign in with a token of theirs and command",
        "as who they are. What all of them see is read with the token in FILE, of an auditor.",
        "Needed on any address but the loopback"
      })
  private Optional<Path> ownToken;

  /** Where it listens, whom it asks and what its pages link to, each found good. */
  private record Config(
      HttpServerConfig http, Services services, Optional<ApiDocs> docs, ConsoleAccess access) {}

  @Override
  public Integer call() {
    Config config = config();
    try {
      ServiceRun.untilInterrupted(
          config.http(),
          command.commandLine().getOut(),
          _ -> {
            ConsoleModule console =
                new ConsoleModule(config.services(), config.docs(), config.access());
            return new Part(console, console::close);
          });
      return 0;
    } catch (RunException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    }
  }

  private Config config() {
    try {
      return new Config(
          http(),
          new Services(commandUrl, queryUrl),
          docsUrl.map(url -> ApiDocs.at(HttpAddress.require("--docs-url", url))),
          access());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
    }
  }

  /** Visitors that sign in are known; the server itself asks nobody. */
  private HttpServerConfig http() {
    HttpServerConfig http = listen.config(port, List.of(), Authentication.NONE);
    return ownToken.isEmpty() ? http.requireLoopbackOrAuthentication() : http;
  }

  private ConsoleAccess access() {
    return ownToken.isEmpty()
        ? new ConsoleAccess.AsItself(Optional.empty())
        : new ConsoleAccess.OfVisitors(read(ownToken.get()));
  }

  private static String read(Path file) {
    try {
      return TokenText.read(file);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--api-token-file %s: %s".formatted(file, FileFault.words(unreadable)), unreadable);
    }
  }
}
