package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.GroupReceipt;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright group create|show|change|export|delete}. */
@Command(
    name = "group",
    description = "Create, show, change, export or delete a peering group.",
    synopsisSubcommandLabel = "(create | show | change | export | delete)",
    subcommands = {
      GroupCommand.Create.class,
      GroupShowCommand.class,
      GroupChangeCommand.class,
      GroupExportCommand.class,
      GroupCommand.Delete.class
    })
final class GroupCommand {
  private GroupCommand() {}

  /** {@code linkwright group create}. */
  @Command(name = "create", description = "Create a peering group.")
  static final class Create implements Callable<Integer> {
    @Option(names = "--name", paramLabel = "NAME", description = "Display name. Default: the id")
    private Optional<String> name;

    @Option(
        names = "--topology",
        paramLabel = "TOPOLOGY",
        defaultValue = "partial-mesh",
        description = "partial-mesh, mesh or hub-spoke. Default: partial-mesh")
    private Topology topology;

    @Option(
        names = "--protocol",
        paramLabel = "PROTOCOL",
        defaultValue = "wireguard",
        description = "wireguard or ipsec; stays for ever. Default: wireguard")
    private TunnelProtocol protocol;

    @Option(names = "--dual-tunnel", description = "Two tunnels a link. Default: one")
    private boolean dualTunnel;

    @Option(names = "--hub", paramLabel = "EDGE", description = "The hub of hub-spoke")
    private Optional<EdgeId> hub;

    @Option(
        names = "--address-pool",
        paramLabel = "CIDR",
        description = "Where overlay addresses come from. Default: the server's")
    private Optional<String> addressPool;

    @Option(
        names = "--rekey-every",
        paramLabel = "DURATION",
        description = "How old keys may become, as in P30D or PT12H. Default: they stay")
    private Optional<RekeyInterval> rekeyEvery;

    @Option(
        names = "--sa-algorithm",
        paramLabel = "ALGORITHM",
        description = {
          "IPsec: aes-cbc-256-hmac-sha-256-128 or aes-gcm-256-esn. Default: the former"
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

    @Mixin private GroupSubject group;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      ObjectNode body =
          LinkwrightApi.mapper()
              .createObjectNode()
              .put("id", group.id().value())
              .put("topology", topology.label())
              .put("tunnelProtocol", protocol.label())
              .put("dualTunnel", dualTunnel);
      name.ifPresent(given -> body.put("name", given));
      hub.ifPresent(given -> body.put("hub", given.value()));
      addressPool.ifPresent(given -> body.put("addressPool", given));
      rekeyEvery.ifPresent(given -> body.put("rekeyEvery", given.toString()));
      saAlgorithm.ifPresent(given -> body.put("saAlgorithm", given.label()));
      rekeyAfterBytes.ifPresent(given -> body.put("rekeyAfterBytes", given));
      rekeyAfterPackets.ifPresent(given -> body.put("rekeyAfterPackets", given));
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(api, ApiCommand.post(ApiPaths.GROUPS, body), GroupReceipt.class),
            receipt ->
                "created %s: %s, %s, overlay %s; revision %s%nNext: linkwright member add %s EDGE"
                    .formatted(
                        group.id(),
                        receipt.settings().topology().label(),
                        receipt.settings().tunnelProtocol().label(),
                        receipt.settings().addressPool(),
                        receipt.revision(),
                        group.id()));
      }
      return 0;
    }
  }

  /** {@code linkwright group delete}. */
  @Command(
      name = "delete",
      description = {
        "Delete a group with its links and members: their edges are told to take everything down.",
        "The log keeps what was."
      })
  static final class Delete implements Callable<Integer> {
    @Mixin private GroupSubject group;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(api, ApiCommand.delete(group.at(ApiPaths.GROUP)), RevisionReceipt.class),
            receipt -> "deleted %s, revision %s".formatted(group.id(), receipt.revision()));
      }
      return 0;
    }
  }
}
