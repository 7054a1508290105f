package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;
import static io.linkwright.cli.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.output.Table;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.client.LinkwrightApi;
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
  /** What the server gives at once. */
  private static final int MAX_PAGE = 1_000;

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

  /** As one page, with {@code next} if there are more. */
  private JsonNode ask(LinkwrightApi api) {
    long next = from.orElseGet(() -> newest(api));
    ObjectNode whole = page(api, next, limit).deepCopy();
    ArrayNode events = whole.withArray("events");
    while (whole.hasNonNull("next") && events.size() < limit) {
      JsonNode more = page(api, whole.path("next").asLong(), limit - events.size());
      more.path("events").forEach(events::add);
      whole.set("next", more.path("next"));
    }
    return whole;
  }

  /** Where the last {@code limit} events begin; a deleted group has events, too. */
  private long newest(LinkwrightApi api) {
    return Math.max(1, page(api, 1, 1).path("revision").asLong() - limit + 1);
  }

  private JsonNode page(LinkwrightApi api, long first, int count) {
    return api.get(
        ApiQuery.of(group.at(ApiPaths.EVENTS))
            .with(ApiQuery.FROM, first)
            .with(ApiQuery.LIMIT, Math.min(count, MAX_PAGE))
            .toString());
  }

  private static Table table(JsonNode answer) {
    Table table =
        new Table(right("REVISION"), left("TIME"), left("ACTOR"), left("EVENT"), left("WHAT"));
    for (JsonNode event : answer.path("events")) {
      table.row(
          event.path("revision").asText(),
          event.path("occurredAt").asText(),
          event.path("actor").asText(),
          event.path("type").asText(),
          EventSubject.of(event));
    }
    return table;
  }
}
