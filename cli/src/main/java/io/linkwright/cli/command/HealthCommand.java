package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.LivenessAnswer;
import io.linkwright.httpapi.answer.ReadinessAnswer;
import io.linkwright.httpapi.client.Answer;
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
      health.set("live", api.probe(ApiPaths.LIVENESS, LivenessAnswer.class).json());
      Answer<ReadinessAnswer> readiness = api.probe(ApiPaths.READINESS, ReadinessAnswer.class);
      health.set("readiness", readiness.json());
      output.write(health, _ -> table(readiness.value()));
      return readiness.value().ready() ? 0 : 1;
    }
  }

  private static Table table(ReadinessAnswer readiness) {
    Table table = new Table(left("PART"), left("READY"), left("REASON"));
    readiness
        .modules()
        .forEach(
            (name, module) ->
                table.row(name, module.ready() ? "yes" : "no", module.reason().orElse("")));
    return table;
  }
}
