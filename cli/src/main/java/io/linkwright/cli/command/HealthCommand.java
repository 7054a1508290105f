package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright health}. */
@Command(
    name = "health",
    description = "Show whether a server is alive and which of its parts are ready; 1 if not all.")
final class HealthCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      ObjectNode health = LinkwrightApi.mapper().createObjectNode();
      health.put("server", api.server().toString());
      health.set("live", api.probe("/livez"));
      health.set("readiness", api.probe("/readyz"));
      output.write(health, HealthCommand::table);
      return health.at("/readiness/ready").asBoolean() ? 0 : 1;
    }
  }

  private static Table table(JsonNode health) {
    Table table = new Table(left("PART"), left("READY"), left("REASON"));
    for (var module : health.at("/readiness/modules").properties()) {
      table.row(
          module.getKey(),
          module.getValue().path("ready").asBoolean() ? "yes" : "no",
          module.getValue().path("reason").asText(""));
    }
    return table;
  }
}
