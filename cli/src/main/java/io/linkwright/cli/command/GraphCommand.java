package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.GraphAnswer;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            group.id(),
            api -> api.get(group.at(ApiPaths.GRAPH), GraphAnswer.class),
            GraphCommand::text));
    return 0;
  }

  private static String text(GraphAnswer graph) {
    Table table = new Table(left("PART"), right("MEMBERS"), left("WHO"));
    int part = 1;
    for (List<EdgeId> component : graph.components()) {
      table.row(part++, component.size(), names(component));
    }
    List<EdgeId> isolated = graph.isolated();
    if (!isolated.isEmpty()) {
      table.row("isolated", isolated.size(), names(isolated));
    }
    return "%d members, %d links, revision %d%n%n%s"
        .formatted(graph.nodes().size(), graph.edges().size(), graph.revision(), table.render(""));
  }

  private static String names(List<EdgeId> edges) {
    String named =
        edges.stream().limit(MAX_NAMED_MEMBERS).map(EdgeId::value).collect(Collectors.joining(" "));
    int more = edges.size() - MAX_NAMED_MEMBERS;
    return more > 0 ? "%s … and %d more".formatted(named, more) : named;
  }
}
