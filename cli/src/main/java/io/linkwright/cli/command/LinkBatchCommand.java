package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.LinkBatchReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright link batch}. */
@Command(
    name = "batch",
    description = {
      "Add and remove many links at once: all of it, or nothing.",
      "A link is named by its two ends, as in denver~seattle, in either order."
    })
final class LinkBatchCommand implements Callable<Integer> {
  @ArgGroup(exclusive = false, multiplicity = "1")
  private Items items;

  @Mixin private GroupSubject group;
  @Mixin private ChangeOptions change;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  /** At least one link. */
  static final class Items {
    @Option(names = "--add", paramLabel = "A~B", split = ",", description = "Links to add; repeat")
    private List<LinkId> add = List.of();

    @Option(
        names = "--remove",
        paramLabel = "A~B",
        split = ",",
        description = "Links to remove; repeat")
    private List<LinkId> remove = List.of();

    private ObjectNode body() {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode();
      pairs(body.putArray("add"), add);
      pairs(body.putArray("remove"), remove);
      return body;
    }

    private static void pairs(ArrayNode array, List<LinkId> links) {
      for (LinkId link : links) {
        array.addObject().put("edgeA", link.edgeA().value()).put("edgeB", link.edgeB().value());
      }
    }
  }

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          change.send(
              api,
              ApiCommand.post(group.at(ApiPaths.LINKS_BATCH), items.body()),
              LinkBatchReceipt.class),
          receipt ->
              "added %d and removed %d links, revision %s: %s"
                  .formatted(
                      receipt.added().size(),
                      receipt.removed().size(),
                      receipt.revision(),
                      Outcomes.affected(receipt.edges())));
    }
    return 0;
  }
}
