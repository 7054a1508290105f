package io.linkwright.cli.command;

import io.linkwright.cli.watch.Screen;
import io.linkwright.cli.watch.Watch;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.Answer;
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
  record View<T>(
      Optional<GroupId> group,
      Function<LinkwrightApi, Answer<T>> question,
      Function<T, String> text) {

    static <T> View<T> ofGroup(
        GroupId group, Function<LinkwrightApi, Answer<T>> question, Function<T, String> text) {
      return new View<>(Optional.of(group), question, text);
    }

    static <T> View<T> tableOfGroup(
        GroupId group, Function<LinkwrightApi, Answer<T>> question, Function<T, Table> table) {
      return ofGroup(group, question, answer -> table.apply(answer).render(""));
    }
  }

  <T> void show(ServerOptions server, OutputOptions output, View<T> view) {
    try (LinkwrightApi api = server.open()) {
      if (watch) {
        watch(api, output, view);
      } else {
        output.writeText(view.question().apply(api), view.text());
      }
    }
  }

  private <T> void watch(LinkwrightApi api, OutputOptions output, View<T> view) {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    try (StopSignal _ = StopSignal.interruptingThisThread()) {
      new Watch(api, view.group(), Screen.ofConsole(out, output.format()), err)
          .run(() -> output.format().ofMany(view.question().apply(api), view.text()));
    }
  }
}
