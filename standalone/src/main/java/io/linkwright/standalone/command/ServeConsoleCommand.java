package io.linkwright.standalone.command;

import io.linkwright.console.ConsoleModule;
import io.linkwright.console.api.HttpAddress;
import io.linkwright.console.api.Services;
import io.linkwright.console.web.ApiDocs;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.standalone.run.RunException;
import io.linkwright.standalone.serve.ServiceRun;
import io.linkwright.standalone.serve.ServiceRun.Part;
import io.linkwright.terminal.command.CommandFailure;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Of the HTTP server, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  /** Where it listens, whom it asks and what its pages link to, each found good. */
  private record Config(HttpServerConfig http, Services services, Optional<ApiDocs> docs) {}

  @Override
  public Integer call() {
    Config config = config();
    try {
      ServiceRun.untilInterrupted(
          config.http(),
          command.commandLine().getOut(),
          _ -> {
            ConsoleModule console = new ConsoleModule(config.services(), config.docs());
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
          new HttpServerConfig(host, port),
          new Services(commandUrl, queryUrl),
          docsUrl.map(url -> ApiDocs.at(HttpAddress.require("--docs-url", url))));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
    }
  }
}
