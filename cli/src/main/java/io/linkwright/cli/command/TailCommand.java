package io.linkwright.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.client.EventStream;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.client.ServerEvent;
import io.linkwright.domain.GroupId;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright tail GROUP}. */
@Command(
    name = "tail",
    description = {
      "Print a group's topology events as they happen, one JSON object a line:",
      "members isolated and connected, the group split and joined, the mesh complete.",
      "Goes on where it stopped when the connection breaks. Ctrl-C ends it."
    })
final class TailCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  @Option(
      names = "--after",
      paramLabel = "REVISION",
      description = "Begin after this revision, 0 for the whole past. Default: with what is new")
  private Optional<Long> after;

  @Option(
      names = "--all",
      description = "Print every event of the group and every report of an edge too")
  private boolean all;

  @Mixin private ServerOptions server;

  @Override
  public Integer call() {
    String path = "/v1/groups/%s/changes".formatted(group);
    try (LinkwrightApi api = server.open()) {
      new EventStream(api, path + after.map(revision -> "?after=" + revision).orElse(""))
          .follow(this::print);
    }
    return 0;
  }

  private void print(ServerEvent event) {
    PrintWriter out = command.commandLine().getOut();
    if (all) {
      out.println(event.data());
    } else if (event.type().equals("change")) {
      printConsequences(out, event.data());
    }
  }

  /** A change with what followed from it becomes a line for each thing that followed. */
  private void printConsequences(PrintWriter out, String json) {
    try {
      JsonNode change = LinkwrightApi.mapper().readTree(json);
      for (JsonNode consequence : change.path("consequences")) {
        ObjectNode line = LinkwrightApi.mapper().createObjectNode();
        line.put("group", group.value());
        line.set("revision", change.path("revision"));
        line.set("occurredAt", change.path("occurredAt"));
        line.setAll((ObjectNode) consequence);
        out.println(line);
      }
    } catch (JsonProcessingException notOurs) {
      throw new CommandFailure("the server sent a change that is not JSON", notOurs);
    }
  }
}
