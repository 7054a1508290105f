package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright whoami}. */
@Command(
    name = "whoami",
    description = "Say who the server takes you for, and what you may do there.")
final class WhoamiCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      output.writeText(api.get("/v1/whoami"), WhoamiCommand::text);
    }
    return 0;
  }

  private static String text(JsonNode answer) {
    String actor = answer.path("actor").asText();
    if (answer.path("provedBy").asText().equals("unauthenticated")) {
      return "nobody in particular: this server does not ask who is calling";
    }
    List<String> roles = new ArrayList<>();
    answer.path("grants").forEach(grant -> roles.add(role(grant)));
    return Printable.of(
        "%s: %s"
            .formatted(
                actor, roles.isEmpty() ? "no role, may do nothing" : String.join("; ", roles)));
  }

  private static String role(JsonNode grant) {
    String role = grant.path("role").asText();
    return grant.path("groups").isEmpty()
        ? role
        : "%s of %s"
            .formatted(
                role,
                grant
                    .path("groups")
                    .valueStream()
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", ")));
  }
}
