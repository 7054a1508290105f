package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.InvitationReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright member add}. */
@Command(
    name = "add",
    description = "Add a member and print the one-time token its device joins with.")
final class MemberAddCommand implements Callable<Integer> {
  @Option(names = "--name", paramLabel = "NAME", description = "Display name. Default: the id")
  private Optional<String> name;

  @Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT",
      description = "Where its peers reach it; leave out if they cannot")
  private Optional<String> endpoint;

  @Option(names = "--subnet", paramLabel = "CIDR", description = "A network behind it; repeat")
  private List<String> subnets = List.of();

  @Option(names = "--latitude", paramLabel = "DEGREES", description = "Where it stands, north")
  private Optional<Double> latitude;

  @Option(names = "--longitude", paramLabel = "DEGREES", description = "Where it stands, east")
  private Optional<Double> longitude;

  @Mixin private MemberSubject member;
  @Mixin private TimeToLiveOption timeToLive;
  @Mixin private ChangeOptions change;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    ObjectNode body = timeToLive.body().put("edge", member.edge().value());
    name.ifPresent(given -> body.put("name", given));
    endpoint.ifPresent(given -> body.put("endpoint", given));
    latitude.ifPresent(given -> body.put("latitude", given));
    longitude.ifPresent(given -> body.put("longitude", given));
    ArrayNode allowed = body.putArray("allowedSubnets");
    subnets.forEach(allowed::add);
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          change.send(
              api,
              ApiCommand.post(ApiPaths.at(ApiPaths.MEMBERS, member.group()), body),
              InvitationReceipt.class),
          this::outcome);
    }
    return 0;
  }

  /** A dry run makes no token. */
  private String outcome(InvitationReceipt receipt) {
    String added =
        "added %s to %s, revision %s".formatted(member.edge(), member.group(), receipt.revision());
    return Ticket.text(member, server.address(), receipt)
        .map(ticket -> added + System.lineSeparator() + ticket)
        .orElse(added);
  }
}
