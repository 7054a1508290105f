package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.GroupReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright group change GROUP}. */
@Command(
    name = "change",
    description = {
      "Change a group; what is not named stays.",
      "To mesh or hub-spoke, links become what that calls for; to partial-mesh, links stay."
    })
final class GroupChangeCommand implements Callable<Integer> {
  @ArgGroup(exclusive = false, multiplicity = "1")
  private Patch patch;

  @Mixin private GroupSubject group;
  @Mixin private ChangeOptions change;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  /** What is to be different; at least one thing. */
  static final class Patch {
    @Option(names = "--name", paramLabel = "NAME", description = "Display name")
    private Optional<String> name;

    @Option(
        names = "--topology",
        paramLabel = "TOPOLOGY",
        description = "partial-mesh, mesh or hub-spoke")
    private Optional<Topology> topology;

    @Option(names = "--hub", paramLabel = "EDGE", description = "The hub of hub-spoke")
    private Optional<EdgeId> hub;

    @Option(names = "--dual-tunnel", negatable = true, description = "Two tunnels a link, or one")
    private Optional<Boolean> dualTunnel;

    @Option(
        names = "--rekey-every",
        paramLabel = "DURATION",
        description = "How old keys may become, as in P30D or PT12H")
    private Optional<RekeyInterval> rekeyEvery;

    @Option(names = "--no-rekey", description = "Keys do not change by age any more")
    private boolean noRekey;

    @Option(
        names = "--sa-algorithm",
        paramLabel = "ALGORITHM",
        description = {
          "IPsec: aes-cbc-256-hmac-sha-256-128 or aes-gcm-256-esn. Gives every link new keys"
        })
    private Optional<SaAlgorithm> saAlgorithm;

    @Option(
        names = "--rekey-after-bytes",
        paramLabel = "BYTES",
        description = "IPsec: what an association carries before its link gets new keys")
    private Optional<Long> rekeyAfterBytes;

    @Option(
        names = "--rekey-after-packets",
        paramLabel = "PACKETS",
        description = "IPsec: the same, in packets")
    private Optional<Long> rekeyAfterPackets;

    @Option(
        names = "--no-rekey-limits",
        description = "IPsec: associations may carry any number of bytes and packets")
    private boolean noRekeyLimits;

    private ObjectNode body() {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode();
      name.ifPresent(given -> body.put("name", given));
      topology.ifPresent(given -> body.put("topology", given.label()));
      hub.ifPresent(given -> body.put("hub", given.value()));
      dualTunnel.ifPresent(given -> body.put("dualTunnel", given));
      rekeyEvery.ifPresent(given -> body.put("rekeyEvery", given.toString()));
      if (noRekey) {
        body.putNull("rekeyEvery");
      }
      saAlgorithm.ifPresent(given -> body.put("saAlgorithm", given.label()));
      rekeyAfterBytes.ifPresent(given -> body.put("rekeyAfterBytes", given));
      rekeyAfterPackets.ifPresent(given -> body.put("rekeyAfterPackets", given));
      if (noRekeyLimits) {
        body.putNull("rekeyAfterBytes").putNull("rekeyAfterPackets");
      }
      return body;
    }
  }

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          change.send(
              api, ApiCommand.patch(group.at(ApiPaths.GROUP), patch.body()), GroupReceipt.class),
          receipt ->
              "changed %s: %s, %s, %s, new keys %s; revision %s"
                  .formatted(
                      group.id(),
                      receipt.settings().name(),
                      receipt.settings().topology().label(),
                      receipt.settings().dualTunnel() ? "dual tunnel" : "single tunnel",
                      receipt
                          .settings()
                          .rekeyEvery()
                          .map(interval -> "every " + interval)
                          .orElse("on demand"),
                      receipt.revision()));
    }
    return 0;
  }
}
