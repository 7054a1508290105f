package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.watch.Screen;
import io.linkwright.cli.watch.Watch;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.command.StopSignal;
import io.linkwright.terminal.output.Table;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often a command shows what it shows: once, or again with every change. */
final class ViewOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--watch",
      description = {
        "Show it again when something changes, until Ctrl-C. A terminal is repainted;",
        "elsewhere what is new comes below: tables, lines of JSON, documents of YAML."
      })
  private boolean watch;

  /**
   * What is shown.
   *
   * @param group whose changes call for showing it again; empty: it is asked for now and then
   */
  record View(
      Optional<GroupId> group,
      Function<LinkwrightApi, JsonNode> question,
      Function<JsonNode, String> text) {

    static View ofGroup(
        GroupId group,
        Function<LinkwrightApi, JsonNode> question,
        Function<JsonNode, String> text) {
      return new View(Optional.of(group), question, text);
    }

    static View tableOfGroup(
        GroupId group,
        Function<LinkwrightApi, JsonNode> question,
        Function<JsonNode, Table> table) {
      return ofGroup(group, question, answer -> table.apply(answer).render(""));
    }
  }

  void show(ServerOptions server, OutputOptions output, View view) {
    try (LinkwrightApi api = server.open()) {
      if (watch) {
        watch(api, output, view);
      } else {
        output.writeText(view.question().apply(api), view.text());
      }
    }
  }

  private void watch(LinkwrightApi api, OutputOptions output, View view) {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    try (StopSignal _ = StopSignal.interruptingThisThread()) {
      new Watch(api, view.group(), Screen.ofConsole(out, output.format()), err)
          .run(() -> output.format().ofMany(view.question().apply(api), view.text()));
    }
  }
}
