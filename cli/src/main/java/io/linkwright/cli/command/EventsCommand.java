package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventPage;
import io.linkwright.httpapi.client.Answer;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linkwright events GROUP}. */
@Command(
    name = "events",
    description = "List what happened to a group, who did it and when: the newest, or from --from.")
final class EventsCommand implements Callable<Integer> {
  private static final int MAX_LIMIT = 100_000;

  @Spec private CommandSpec command;

  @Option(
      names = "--from",
      paramLabel = "REVISION",
      description = "Begin with this revision. Default: as many of the newest as --limit says")
  private Optional<Long> from;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "How many at most, 1 to " + MAX_LIMIT + ". Default: ${DEFAULT-VALUE}")
  private int limit;

  @Mixin private GroupSubject group;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ParameterException(
          command.commandLine(), "--limit %d is not within 1..%d".formatted(limit, MAX_LIMIT));
    }
    view.show(
        server, output, ViewOptions.View.tableOfGroup(group.id(), this::ask, EventsCommand::table));
    return 0;
  }

  private Answer<EventPage> ask(LinkwrightApi api) {
    return events(api, from.orElseGet(() -> newest(api)), limit);
  }

  /** Where the last {@code limit} events begin; a deleted group has events, too. */
  private long newest(LinkwrightApi api) {
    return Math.max(1, events(api, 1, 1).value().revision() - limit + 1);
  }

  private Answer<EventPage> events(LinkwrightApi api, long first, int count) {
    return Pages.events(api, group.at(ApiPaths.EVENTS), first, count);
  }

  private static Table table(EventPage page) {
    Table table =
        new Table(right("REVISION"), left("TIME"), left("ACTOR"), left("EVENT"), left("WHAT"));
    for (EventAnswer event : page.items()) {
      table.row(
          event.revision(), event.occurredAt(), event.actor(), event.type(), EventAbout.of(event));
    }
    return table;
  }
}
