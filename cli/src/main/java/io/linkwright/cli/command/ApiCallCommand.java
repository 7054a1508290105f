package io.linkwright.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright api METHOD PATH}. */
@Command(
    name = "api",
    description = {
      "Call the HTTP API as it is and print the answer.",
      "For schemas, metrics, or what is newer than this command; /docs of a server lists the calls."
    })
final class ApiCallCommand implements Callable<Integer> {
  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "METHOD", description = "${COMPLETION-CANDIDATES}")
  private Method method;

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "Path and query, as in /registry/subjects or /metrics")
  private String path;

  @Option(
      names = "--body",
      paramLabel = "JSON",
      description = "What to send; - reads it from standard input")
  private Optional<String> body;

  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  /** What the API knows. */
  enum Method {
    GET,
    POST,
    PATCH,
    DELETE
  }

  @Override
  public Integer call() {
    if (!path.startsWith("/") || path.startsWith("//")) {
      throw new ParameterException(
          command.commandLine(), "'%s' is no path such as /v1/groups".formatted(path));
    }
    requireUri();
    try (LinkwrightApi api = server.open()) {
      print(api.text(method.name(), path, body.map(ApiCallCommand::read)));
    }
    return 0;
  }

  private void requireUri() {
    try {
      server.address().resolve(path);
    } catch (IllegalArgumentException noUri) {
      throw new ParameterException(
          command.commandLine(),
          "'%s' is no path: write what is not ASCII, or a blank, as in %%20"
              .formatted(Printable.of(path)),
          noUri);
    }
  }

  /** JSON in the chosen form; anything else as it came. */
  private void print(String answer) {
    PrintWriter out = command.commandLine().getOut();
    JsonNode json;
    try {
      json = LinkwrightApi.mapper().readTree(answer);
    } catch (JsonProcessingException text) {
      out.print(answer);
      out.flush();
      return;
    }
    output.writeText(json, JsonNode::toPrettyString);
  }

  private static String read(String given) {
    if (!given.equals("-")) {
      return given;
    }
    try {
      byte[] body = System.in.readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) {
        throw new CommandFailure(
            "standard input has more than %,d bytes, which no request may have"
                .formatted(MAX_BODY_BYTES));
      }
      return new String(body, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "standard input cannot be read: " + FileFault.words(unreadable), unreadable);
    }
  }
}
