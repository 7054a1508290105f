package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.topology.view.Damage;
import io.linkwright.topology.view.GroupRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something an operator should know about a group.
 *
 * @param code stable name, part of the API
 * @param edge whom it is about; empty if the group
 * @param link that it is about
 * @param message for people: what is so, and what to do
 */
record Notice(
    String code, Severity severity, Optional<EdgeId> edge, Optional<LinkId> link, String message) {
  private static final long MIN_MESH_MEMBERS = 3;

  /** How much it matters. */
  enum Severity {
    /** Worth knowing; nothing is wrong. */
    INFO("info"),
    /** Not as it is meant to be. */
    WARNING("warning");

    private final String label;

    Severity(String label) {
      this.label = label;
    }
  }

  static List<Notice> of(
      GroupRecord group, GroupSettings settings, List<EdgeId> isolated, boolean hubIsMember) {
    List<Notice> notices = new ArrayList<>();
    if (settings.topology() == Topology.HUB_SPOKE && !hubIsMember) {
      notices.add(hubMissing(settings));
    }
    if (isCompleteMesh(group)) {
      notices.add(meshComplete(group));
    }
    isolated.forEach(edge -> notices.add(isolatedMember(edge)));
    return notices;
  }

  /** The view and the writer have stopped at the same place. */
  static Notice groupDamaged(Damage damage, long lastRevision) {
    return new Notice(
        DamageJson.CODE,
        Severity.WARNING,
        Optional.empty(),
        Optional.empty(),
        "The group is shown as it was at revision %d, and takes no commands. %s"
            .formatted(lastRevision, DamageJson.text(damage)));
  }

  /** One of a link's two tunnels is down, and the other is not. */
  static Notice linkDegraded(LinkId link, int down) {
    return new Notice(
        "LINK_DEGRADED",
        Severity.WARNING,
        Optional.empty(),
        Optional.of(link),
        "Link %s has lost %s and runs on %s alone. Look at the ends of the tunnel that is down."
            .formatted(link, Tunnel.interfaceName(down), Tunnel.interfaceName(1 - down)));
  }

  /** All tunnels of a link are down. */
  static Notice linkDown(LinkId link) {
    return new Notice(
        "LINK_DOWN",
        Severity.WARNING,
        Optional.empty(),
        Optional.of(link),
        "Link %s is down: %s and %s do not reach each other. Look at what its ends say."
            .formatted(link, link.edgeA(), link.edgeB()));
  }

  void addTo(ObjectNode json) {
    json.put("code", code);
    json.put("severity", severity.label);
    edge.ifPresent(id -> json.put("edge", id.value()));
    link.ifPresent(id -> json.put("link", id.toString()));
    json.put("message", message);
  }

  private static boolean isCompleteMesh(GroupRecord group) {
    long members = group.members();
    return group.isPartialMesh()
        && members >= MIN_MESH_MEMBERS
        && group.links() == members * (members - 1) / 2;
  }

  private static Notice isolatedMember(EdgeId edge) {
    return new Notice(
        "ISOLATED_MEMBER",
        Severity.INFO,
        Optional.of(edge),
        Optional.empty(),
        "The endpoint of %s is configured, but no traffic can flow: it has no link. Add one."
            .formatted(edge));
  }

  private static Notice meshComplete(GroupRecord group) {
    return new Notice(
        "MESH_COMPLETE",
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        "Each of the %d members is linked to every other. As a mesh the group would link new members by itself."
            .formatted(group.members()));
  }

  private static Notice hubMissing(GroupSettings settings) {
    return new Notice(
        "HUB_MISSING",
        Severity.WARNING,
        settings.hub(),
        Optional.empty(),
        settings
            .hub()
            .map(hub -> "The hub %s is not a member, so no spoke is linked. Add it.".formatted(hub))
            .orElse("The group has no hub, so no spoke is linked. Name one."));
  }
}
