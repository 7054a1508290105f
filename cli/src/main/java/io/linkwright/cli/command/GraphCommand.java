package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;
import static io.linkwright.cli.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.output.Table;
import io.linkwright.httpapi.ApiPaths;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright graph GROUP}. */
@Command(
    name = "graph",
    description = {
      "Show what holds together by links and who is isolated.",
      "All members with their positions and all links: --output json."
    })
final class GraphCommand implements Callable<Integer> {
  private static final int MAX_NAMED_MEMBERS = 12;

  @Mixin private GroupSubject group;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    view.show(
        server,
        output,
        ViewOptions.View.ofGroup(
            group.id(), api -> api.get(group.at(ApiPaths.GRAPH)), GraphCommand::text));
    return 0;
  }

  private static String text(JsonNode graph) {
    Table table = new Table(left("PART"), right("MEMBERS"), left("WHO"));
    int part = 1;
    for (JsonNode component : graph.path("components")) {
      table.row(part++, component.size(), names(component));
    }
    JsonNode isolated = graph.path("isolated");
    if (!isolated.isEmpty()) {
      table.row("isolated", isolated.size(), names(isolated));
    }
    return "%d members, %d links, revision %s%n%n%s"
        .formatted(
            graph.path("nodes").size(),
            graph.path("edges").size(),
            graph.path("revision").asText(),
            table.render(""));
  }

  private static String names(JsonNode edges) {
    String named =
        StreamSupport.stream(edges.spliterator(), false)
            .limit(MAX_NAMED_MEMBERS)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "));
    int more = edges.size() - MAX_NAMED_MEMBERS;
    return more > 0 ? "%s … and %d more".formatted(named, more) : named;
  }
}
