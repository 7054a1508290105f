package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright link add|remove}. */
@Command(
    name = "link",
    description = "Add or remove one link.",
    synopsisSubcommandLabel = "(add | remove)",
    subcommands = {LinkCommand.Add.class, LinkCommand.Remove.class})
final class LinkCommand {
  private LinkCommand() {}

  /** The group and the two members. */
  static final class Ends {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "GROUP", description = "Id of the group")
    private GroupId group;

    @Parameters(index = "1", paramLabel = "EDGE_A", description = "One end")
    private EdgeId edgeA;

    @Parameters(index = "2", paramLabel = "EDGE_B", description = "The other end")
    private EdgeId edgeB;

    private LinkId link() {
      if (edgeA.equals(edgeB)) {
        throw new ParameterException(
            command.commandLine(),
            "a link needs two different members, not %s twice".formatted(edgeA));
      }
      return LinkId.between(edgeA, edgeB);
    }
  }

  /** {@code linkwright link add}. */
  @Command(name = "add", description = "Link two members of a partial mesh.")
  static final class Add implements Callable<Integer> {
    @Mixin private Ends ends;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      LinkId link = ends.link();
      JsonNode body =
          LinkwrightApi.mapper()
              .createObjectNode()
              .put("edgeA", link.edgeA().value())
              .put("edgeB", link.edgeB().value());
      try (LinkwrightApi api = server.open()) {
        output.writeText(
            api.send(ApiCommand.post("/v1/groups/%s/links".formatted(ends.group), body)),
            answer -> "added %s, %s".formatted(link, outcome(answer)));
      }
      return 0;
    }
  }

  /** {@code linkwright link remove}. */
  @Command(name = "remove", description = "Unlink two members of a partial mesh.")
  static final class Remove implements Callable<Integer> {
    @Mixin private Ends ends;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      LinkId link = ends.link();
      try (LinkwrightApi api = server.open()) {
        output.writeText(
            api.send(ApiCommand.delete("/v1/groups/%s/links/%s".formatted(ends.group, link))),
            answer -> "removed %s, %s".formatted(link, outcome(answer)));
      }
      return 0;
    }
  }

  private static String outcome(JsonNode answer) {
    return "revision %s: new configuration for %s and %s, nobody else"
        .formatted(
            answer.path("revision").asText(),
            answer.path("affectedEdges").path(0).asText(),
            answer.path("affectedEdges").path(1).asText());
  }
}
