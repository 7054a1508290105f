package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.LinkReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright link add|remove|rekey|batch}. */
@Command(
    name = "link",
    description = "Add, remove or rekey a link, or many at once.",
    synopsisSubcommandLabel = "(add | remove | rekey | batch)",
    subcommands = {
      LinkCommand.Add.class,
      LinkCommand.Remove.class,
      LinkCommand.Rekey.class,
      LinkBatchCommand.class
    })
final class LinkCommand {
  private LinkCommand() {}

  /** {@code linkwright link add}. */
  @Command(name = "add", description = "Link two members of a partial mesh.")
  static final class Add implements Callable<Integer> {
    @Mixin private LinkSubject subject;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      LinkId link = subject.link();
      JsonNode body =
          LinkwrightApi.mapper()
              .createObjectNode()
              .put("edgeA", link.edgeA().value())
              .put("edgeB", link.edgeB().value());
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(
                api,
                ApiCommand.post(ApiPaths.at(ApiPaths.LINKS, subject.group()), body),
                LinkReceipt.class),
            receipt -> outcome("added", link, receipt));
      }
      return 0;
    }
  }

  /** {@code linkwright link remove}. */
  @Command(name = "remove", description = "Unlink two members of a partial mesh.")
  static final class Remove implements Callable<Integer> {
    @Mixin private LinkSubject subject;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      LinkId link = subject.link();
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(api, ApiCommand.delete(subject.at(ApiPaths.LINK)), LinkReceipt.class),
            receipt -> outcome("removed", link, receipt));
      }
      return 0;
    }
  }

  /** {@code linkwright link rekey}. */
  @Command(
      name = "rekey",
      description = "Give a link new keys and SPIs. Its traffic goes on meanwhile.")
  static final class Rekey implements Callable<Integer> {
    @Mixin private LinkSubject subject;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      LinkId link = subject.link();
      JsonNode nothing = LinkwrightApi.mapper().createObjectNode();
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(
                api, ApiCommand.post(subject.at(ApiPaths.LINK_REKEY), nothing), LinkReceipt.class),
            receipt -> outcome("new keys for", link, receipt));
      }
      return 0;
    }
  }

  private static String outcome(String done, LinkId link, LinkReceipt receipt) {
    return "%s %s, revision %s: %s"
        .formatted(done, link, receipt.revision(), Outcomes.affected(receipt.edges()));
  }
}
