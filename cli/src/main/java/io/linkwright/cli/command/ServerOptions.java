package io.linkwright.cli.command;

import io.linkwright.cli.client.LinkwrightApi;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command speaks to. */
final class ServerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:LINKWRIGHT_SERVER:-http://127.0.0.1:8080}",
      description = "The server to speak to, or LINKWRIGHT_SERVER. Default: http://127.0.0.1:8080")
  private URI server;

  /** Where the server is. */
  URI address() {
    return server;
  }

  LinkwrightApi open() {
    boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!http || server.getHost() == null) {
      throw new ParameterException(
          command.commandLine(),
          "--server '%s' is not an address such as http://127.0.0.1:8080".formatted(server));
    }
    return new LinkwrightApi(server);
  }
}
