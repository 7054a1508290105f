package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import io.linkwright.domain.address.Endpoint;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.MemberAnswer;
import io.linkwright.httpapi.answer.MemberDescription;
import io.linkwright.httpapi.answer.MemberDetailAnswer;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            member.group(),
            api -> api.get(member.at(ApiPaths.MEMBER), MemberDetailAnswer.class),
            MemberShowCommand::table));
    return 0;
  }

  private static Table table(MemberDetailAnswer shown) {
    MemberAnswer member = shown.member();
    MemberDescription description = member.description();
    Table table = new Table(left("MEMBER"), left(member.edge().value()));
    table.row("name", description.name());
    table.row("endpoint", description.endpoint().map(Endpoint::toString).orElse("-"));
    table.row("overlay addresses", list(description.overlayAddresses()));
    table.row("subnets behind it", list(description.allowedSubnets()));
    table.row("position", position(description));
    table.row("enrollment", description.enrollment().label());
    table.row("connected", member.connected() ? "yes" : "no");
    table.row("links", links(member));
    table.row("desired revision", member.desiredRevision());
    table.row("acknowledged revision", member.acknowledgedRevision());
    table.row("last error", member.lastError().orElse("-"));
    return table;
  }

  private static String links(MemberAnswer member) {
    return member.isolated()
        ? member.linkCount() + ": isolated, no traffic can flow; linkwright link add links it"
        : Long.toString(member.linkCount());
  }

  private static String position(MemberDescription member) {
    return member
        .latitude()
        .flatMap(north -> member.longitude().map(east -> "%s, %s".formatted(north, east)))
        .orElse("-");
  }

  private static String list(List<?> values) {
    return values.isEmpty()
        ? "-"
        : values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
