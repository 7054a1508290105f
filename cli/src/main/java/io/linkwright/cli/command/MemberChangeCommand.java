package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.MemberReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright member change}. */
@Command(
    name = "change",
    description = {
      "Change a member; what is not named stays.",
      "Another endpoint or other subnets reach its peers, with new keys for its links."
    })
final class MemberChangeCommand implements Callable<Integer> {
  @ArgGroup(exclusive = false, multiplicity = "1")
  private Patch patch;

  @Mixin private MemberSubject member;
  @Mixin private ChangeOptions change;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  /** What is to be different; at least one thing. */
  static final class Patch {
    @Option(names = "--name", paramLabel = "NAME", description = "Display name")
    private Optional<String> name;

    @Option(names = "--endpoint", paramLabel = "HOST:PORT", description = "Where peers reach it")
    private Optional<String> endpoint;

    @Option(names = "--no-endpoint", description = "Peers cannot reach it")
    private boolean noEndpoint;

    @Option(
        names = "--subnet",
        paramLabel = "CIDR",
        description = "A network behind it, in place of those before; repeat")
    private List<String> subnets = List.of();

    @Option(names = "--no-subnets", description = "No network is behind it")
    private boolean noSubnets;

    @Option(names = "--latitude", paramLabel = "DEGREES", description = "Where it stands, north")
    private Optional<Double> latitude;

    @Option(names = "--longitude", paramLabel = "DEGREES", description = "Where it stands, east")
    private Optional<Double> longitude;

    private ObjectNode body() {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode();
      name.ifPresent(given -> body.put("name", given));
      endpoint.ifPresent(given -> body.put("endpoint", given));
      latitude.ifPresent(given -> body.put("latitude", given));
      longitude.ifPresent(given -> body.put("longitude", given));
      if (noEndpoint) {
        body.putNull("endpoint");
      }
      if (noSubnets || !subnets.isEmpty()) {
        ArrayNode allowed = body.putArray("allowedSubnets");
        subnets.forEach(allowed::add);
      }
      return body;
    }
  }

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          change.send(
              api, ApiCommand.patch(member.at(ApiPaths.MEMBER), patch.body()), MemberReceipt.class),
          receipt ->
              "changed %s, revision %s: %s"
                  .formatted(
                      member.edge(), receipt.revision(), Outcomes.affected(receipt.edges())));
    }
    return 0;
  }
}
