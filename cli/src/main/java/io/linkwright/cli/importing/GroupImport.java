package io.linkwright.cli.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.ApiException;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.cli.network.NetworkPlan.PlannedMember;
import io.linkwright.cli.sending.CommandStamps;
import io.linkwright.cli.sending.LinkSender;
import io.linkwright.cli.sending.MemberSender;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import java.util.List;

/**
 * Imports a plan into a group: reads what is there, sends the difference. A repeated import finds
 * no difference; one that broke off goes on where it stopped; links and members that are not in the
 * plan stay.
 */
public final class GroupImport {
  /** Two imports of one file at the same time meet; each round finds less to do. */
  private static final int MAX_ROUNDS = 5;

  private final LinkwrightApi api;
  private final ImportTarget target;
  private final SendingListener listener;

  /** An import into {@code target}. */
  public GroupImport(LinkwrightApi api, ImportTarget target, SendingListener listener) {
    this.api = api;
    this.target = target;
    this.listener = listener;
  }

  /**
   * Makes the group have all members and links of the plan.
   *
   * @throws ImportConflictException if the group is there and differs in kind
   * @throws ApiException if the server refuses or does not answer
   */
  public ImportOutcome run(NetworkPlan plan) throws ImportConflictException {
    long revision = ensureGroup();
    int membersAdded = 0;
    int linksAdded = 0;
    for (int round = 1; ; round++) {
      GroupContents contents = GroupContents.read(api, target.group(), revision);
      List<PlannedMember> members = contents.missingMembers(plan);
      List<LinkId> links = contents.missingLinks(plan);
      if (members.isEmpty() && links.isEmpty()) {
        return new ImportOutcome(
            membersAdded,
            linksAdded,
            plan.members().size() - membersAdded,
            plan.links().size() - linksAdded,
            contents.revision());
      }
      if (round > MAX_ROUNDS) {
        throw new ImportConflictException(
            "the group keeps changing while it is imported; try again when it is quiet");
      }
      listener.planned(members.size(), links.size());
      CommandStamps stamps =
          new CommandStamps("import", target.group(), contents.revision(), target.actor());
      MemberSender.Sent sent =
          new MemberSender(api, stamps, listener)
              .send(members.stream().map(GroupImport::body).toList());
      membersAdded += sent.added();
      LinkSender.Sent linked = new LinkSender(api, stamps, listener).send(List.of(), links);
      linksAdded += linked.changed();
      revision = Math.max(contents.revision(), Math.max(sent.revision(), linked.revision()));
    }
  }

  /** Creates the group, or checks that the one that is there is of the kind asked for. */
  private long ensureGroup() throws ImportConflictException {
    String path = "/v1/groups/" + target.group();
    var existing = api.find(path);
    if (existing.isPresent()) {
      return checked(existing.orElseThrow());
    }
    ObjectNode body =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("id", target.group().value())
            .put("name", target.name())
            .put("topology", Topology.PARTIAL_MESH.label())
            .put("tunnelProtocol", target.protocol().orElse(TunnelProtocol.WIREGUARD).label())
            .put("dualTunnel", target.dualTunnel().orElse(false));
    try {
      return api.send(ApiCommand.post("/v1/groups", body)).path("revision").asLong();
    } catch (ApiException.Refused refused) {
      if (!refused.is("GROUP_EXISTS")) {
        throw refused;
      }
      // Another import was faster; its group comes into view once revision 1 does.
      return checked(api.get(path + "?minRevision=1"));
    }
  }

  private long checked(JsonNode group) throws ImportConflictException {
    requireSame("topology", Topology.PARTIAL_MESH.label(), group.path("topology").asText());
    if (target.protocol().isPresent()) {
      requireSame(
          "tunnel protocol",
          target.protocol().orElseThrow().label(),
          group.path("tunnelProtocol").asText());
    }
    if (target.dualTunnel().isPresent()) {
      requireSame(
          "dual tunnel",
          target.dualTunnel().orElseThrow().toString(),
          group.path("dualTunnel").asText());
    }
    return group.path("revision").asLong();
  }

  private void requireSame(String what, String asked, String found) throws ImportConflictException {
    if (!asked.equals(found)) {
      throw new ImportConflictException(
          "group '%s' is there already with %s %s, not %s: import into another with --group"
              .formatted(target.group(), what, found, asked));
    }
  }

  private static ObjectNode body(PlannedMember member) {
    ObjectNode body =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("edge", member.edge().value())
            .put("name", member.name());
    member
        .position()
        .ifPresent(
            position ->
                body.put("latitude", position.latitude()).put("longitude", position.longitude()));
    return body;
  }
}
