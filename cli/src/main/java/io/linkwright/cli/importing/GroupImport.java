package io.linkwright.cli.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.cli.group.GroupReader;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.cli.group.Rehearsal;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.cli.network.NetworkPlan.PlannedMember;
import io.linkwright.cli.sending.CommandStamps;
import io.linkwright.cli.sending.LinkSender;
import io.linkwright.cli.sending.MemberSender;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.group.Rejection;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.util.List;
import java.util.Optional;

/**
 * Imports a plan into a group: reads what is there, rehearses the difference, and sends it only if
 * the server will take all of it. A repeated import finds no difference; one that broke off goes on
 * where it stopped; links and members that are not in the plan stay. Used by one thread.
 */
public final class GroupImport {
  /** Two imports of one file at the same time meet; each round finds less to do. */
  private static final int MAX_ROUNDS = 5;

  /** Of members that are there and are others. */
  private static final int MAX_NAMED_DIFFERENCES = 5;

  private final LinkwrightApi api;
  private final GroupReader reader;
  private final ImportTarget target;
  private final SendingListener listener;

  /** An import into {@code target}. */
  public GroupImport(LinkwrightApi api, ImportTarget target, SendingListener listener) {
    this.api = api;
    this.reader = new GroupReader(api);
    this.target = target;
    this.listener = listener;
  }

  /** What the group lacks of the plan. */
  private record Missing(List<PlannedMember> members, List<LinkId> links) {
    static Missing of(NetworkPlan plan, Optional<GroupSnapshot> now) {
      return new Missing(
          plan.members().stream()
              .filter(
                  member -> !now.map(is -> is.members().containsKey(member.edge())).orElse(false))
              .toList(),
          plan.links().stream()
              .filter(link -> !now.map(is -> is.links().contains(link)).orElse(false))
              .toList());
    }

    boolean isNothing() {
      return members.isEmpty() && links.isEmpty();
    }
  }

  /**
   * Makes the group have all members and links of the plan.
   *
   * @throws ImportConflictException if the group is there and differs, or the server would refuse
   *     some of the plan: nothing was sent then
   * @throws ApiException if the server refuses or does not answer
   */
  public ImportOutcome run(NetworkPlan plan) throws ImportConflictException {
    long revision = reader.latestRevision(target.group());
    Optional<GroupSnapshot> now = read(revision);
    requireAlike(plan, now);
    Missing missing = Missing.of(plan, now);
    rehearse(missing, now);
    if (now.isEmpty()) {
      revision = create(revision);
      now = read(revision);
    }
    return send(plan, now.orElseThrow(GroupImport::gone));
  }

  private ImportOutcome send(NetworkPlan plan, GroupSnapshot first) throws ImportConflictException {
    GroupSnapshot now = first;
    int membersAdded = 0;
    int linksAdded = 0;
    for (int round = 1; ; round++) {
      requireAlike(plan, Optional.of(now));
      Missing missing = Missing.of(plan, Optional.of(now));
      if (missing.isNothing()) {
        return new ImportOutcome(
            membersAdded,
            linksAdded,
            plan.members().size() - membersAdded,
            plan.links().size() - linksAdded,
            now.revision());
      }
      if (round > MAX_ROUNDS) {
        throw new ImportConflictException(
            "group '%s' keeps changing while it is imported; import again when it is quiet"
                .formatted(target.group()));
      }
      listener.planned(missing.members().size(), missing.links().size());
      CommandStamps stamps = stamps(now.revision());
      MemberSender.Sent sent =
          new MemberSender(api, stamps, listener)
              .send(missing.members().stream().map(GroupImport::body).toList());
      membersAdded += sent.added();
      LinkSender.Sent linked =
          new LinkSender(api, stamps, listener).send(List.of(), missing.links());
      linksAdded += linked.changed();
      long made = Math.max(sent.revision(), linked.revision());
      GroupSnapshot next = read(Math.max(now.revision(), made)).orElseThrow(GroupImport::gone);
      if (linked.refused().isPresent() && next.revision() == now.revision()) {
        throw linked.refused().get(); // of the very group that was looked at
      }
      now = next;
    }
  }

  private CommandStamps stamps(long revision) {
    return new CommandStamps("import", target.group(), revision, target.actor());
  }

  private Optional<GroupSnapshot> read(long revision) throws ImportConflictException {
    try {
      return reader.read(target.group(), revision);
    } catch (GroupKeepsChangingException restless) {
      throw new ImportConflictException(restless.getMessage());
    }
  }

  private static ImportConflictException gone() {
    return new ImportConflictException("somebody has deleted the group while it is imported");
  }

  private long create(long revision) throws ImportConflictException {
    ObjectNode body = settings().json().put("id", target.group().value());
    try {
      return api.send(
              stamps(revision).stamped(ApiCommand.post(ApiPaths.GROUPS, body)),
              RevisionReceipt.class)
          .value()
          .revision();
    } catch (ApiException.Refused refused) {
      if (!refused.is(RejectionCode.GROUP_EXISTS)) {
        throw refused;
      }
      // Another import was faster; its group comes into view once a later revision does.
      return revision + 1;
    }
  }

  private Properties<GroupField> settings() {
    return Properties.of(
            LinkwrightApi.mapper()
                .createObjectNode()
                .put(GroupField.NAME.label(), target.name())
                .put(GroupField.TOPOLOGY.label(), Topology.PARTIAL_MESH.label())
                .put(
                    GroupField.TUNNEL_PROTOCOL.label(),
                    target.protocol().orElse(TunnelProtocol.WIREGUARD).label())
                .put(GroupField.DUAL_TUNNEL.label(), target.dualTunnel().orElse(false)),
            GroupField.class)
        .present();
  }

  /** Nothing is sent before it is known that all of it will be taken. */
  private void rehearse(Missing missing, Optional<GroupSnapshot> now)
      throws ImportConflictException {
    Optional<Rehearsal> begun =
        now.isPresent()
            ? Rehearsal.of(now.get())
            : Optional.of(Rehearsal.ofNothing(target.group()));
    if (begun.isEmpty()) {
      return;
    }
    Rehearsal rehearsal = begun.get();
    if (now.isEmpty()) {
      require(rehearsal.create(settings()), "group " + target.group());
    }
    for (PlannedMember member : missing.members()) {
      require(
          rehearsal.addMember(member.edge(), properties(member), Optional.empty()),
          "member " + member.edge());
    }
    for (LinkId link : missing.links()) {
      require(rehearsal.addLink(link), "link " + link);
    }
  }

  private static void require(Optional<Rejection> refused, String what)
      throws ImportConflictException {
    if (refused.isPresent()) {
      throw new ImportConflictException(
          "%s would be refused, so nothing was sent: %s (%s)"
              .formatted(what, refused.get().detail(), refused.get().code()));
    }
  }

  /** What is there already has to be what the file says. */
  private void requireAlike(NetworkPlan plan, Optional<GroupSnapshot> now)
      throws ImportConflictException {
    if (now.isEmpty()) {
      return;
    }
    Properties<GroupField> settings = now.get().settings();
    requireSame("topology", Topology.PARTIAL_MESH.label(), settings, GroupField.TOPOLOGY);
    if (target.protocol().isPresent()) {
      requireSame(
          "tunnel protocol", target.protocol().get().label(), settings, GroupField.TUNNEL_PROTOCOL);
    }
    if (target.dualTunnel().isPresent()) {
      requireSame(
          "dual tunnel", target.dualTunnel().get().toString(), settings, GroupField.DUAL_TUNNEL);
    }
    List<String> differences =
        plan.members().stream()
            .filter(member -> now.get().members().containsKey(member.edge()))
            .flatMap(
                member ->
                    difference(member, now.get().members().get(member.edge()).properties())
                        .stream())
            .toList();
    if (!differences.isEmpty()) {
      throw new ImportConflictException(
          "%d members are there already and are others than in the file, so nothing was sent: %s%s. Change them with `linkwright member change`, or import into another group with --group"
              .formatted(
                  differences.size(),
                  String.join(
                      "; ",
                      differences.subList(0, Math.min(MAX_NAMED_DIFFERENCES, differences.size()))),
                  differences.size() > MAX_NAMED_DIFFERENCES ? "; and others" : ""));
    }
  }

  private static Optional<String> difference(PlannedMember member, Properties<MemberField> is) {
    Properties<MemberField> differing = is.differing(properties(member));
    return differing.values().entrySet().stream()
        .map(
            field ->
                "%s has %s %s, not %s"
                    .formatted(
                        member.edge(),
                        field.getKey().label(),
                        is.text(field.getKey()).orElse("none"),
                        field.getValue().asText()))
        .findFirst();
  }

  private void requireSame(
      String what, String asked, Properties<GroupField> settings, GroupField field)
      throws ImportConflictException {
    String found = settings.text(field).orElse("none");
    if (!asked.equals(found)) {
      throw new ImportConflictException(
          "group '%s' is there already with %s %s, not %s: import into another with --group"
              .formatted(target.group(), what, found, asked));
    }
  }

  /** What the file says of a member, in the writing that the server has too. */
  private static Properties<MemberField> properties(PlannedMember member) {
    return Properties.of(body(member), MemberField.class).present();
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
