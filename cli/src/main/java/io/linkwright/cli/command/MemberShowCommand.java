package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.output.Table;
import io.linkwright.httpapi.ApiPaths;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright member show GROUP EDGE}. */
@Command(name = "show", description = "Show a member and what its edge runs.")
final class MemberShowCommand implements Callable<Integer> {
  @Mixin private MemberSubject member;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    view.show(
        server,
        output,
        ViewOptions.View.tableOfGroup(
            member.group(), api -> api.get(member.at(ApiPaths.MEMBER)), MemberShowCommand::table));
    return 0;
  }

  private static Table table(JsonNode shown) {
    Table table = new Table(left("MEMBER"), left(shown.path("edge").asText()));
    table.row("name", shown.path("name").asText());
    table.row("endpoint", shown.path("endpoint").asText("-"));
    table.row("overlay addresses", list(shown.path("overlayAddresses")));
    table.row("subnets behind it", list(shown.path("allowedSubnets")));
    table.row("position", position(shown));
    table.row("enrollment", shown.path("enrollment").asText());
    table.row("connected", shown.path("connected").asBoolean() ? "yes" : "no");
    table.row("links", links(shown));
    table.row("desired revision", shown.path("desiredRevision").asText());
    table.row("acknowledged revision", shown.path("acknowledgedRevision").asText());
    table.row("last error", shown.path("lastError").asText("-"));
    return table;
  }

  private static String links(JsonNode shown) {
    String count = shown.path("linkCount").asText();
    return shown.path("isolated").asBoolean()
        ? count + ": isolated, no traffic can flow; linkwright link add links it"
        : count;
  }

  private static String position(JsonNode shown) {
    return shown.hasNonNull("latitude")
        ? "%s, %s".formatted(shown.path("latitude").asText(), shown.path("longitude").asText())
        : "-";
  }

  private static String list(JsonNode texts) {
    String joined =
        StreamSupport.stream(texts.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return joined.isEmpty() ? "-" : joined;
  }
}
