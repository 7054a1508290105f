package io.linkwright.topology.query;

import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.httpapi.answer.Notice;
import io.linkwright.topology.view.Damage;
import io.linkwright.topology.view.GroupRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what an operator should know about a group, and puts it in words. */
final class Notices {
  private static final long MIN_MESH_MEMBERS = 3;

  private Notices() {}

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
        Notice.GROUP_DAMAGED,
        Notice.WARNING,
        Optional.empty(),
        Optional.empty(),
        "The group is shown as it was at revision %d, and takes no commands. %s"
            .formatted(lastRevision, DamageAnswers.text(damage)));
  }

  /** One of a link's two tunnels is down, and the other is not. */
  static Notice linkDegraded(LinkId link, int down) {
    return new Notice(
        Notice.LINK_DEGRADED,
        Notice.WARNING,
        Optional.empty(),
        Optional.of(link),
        "Link %s has lost %s and runs on %s alone. Look at the ends of the tunnel that is down."
            .formatted(link, Tunnel.interfaceName(down), Tunnel.interfaceName(1 - down)));
  }

  /** All tunnels of a link are down. */
  static Notice linkDown(LinkId link) {
    return new Notice(
        Notice.LINK_DOWN,
        Notice.WARNING,
        Optional.empty(),
        Optional.of(link),
        "Link %s is down: %s and %s do not reach each other. Look at what its ends say."
            .formatted(link, link.edgeA(), link.edgeB()));
  }

  private static boolean isCompleteMesh(GroupRecord group) {
    long members = group.members();
    return group.isPartialMesh()
        && members >= MIN_MESH_MEMBERS
        && group.links() == members * (members - 1) / 2;
  }

  private static Notice isolatedMember(EdgeId edge) {
    return new Notice(
        Notice.ISOLATED_MEMBER,
        Notice.INFO,
        Optional.of(edge),
        Optional.empty(),
        "The endpoint of %s is configured, but no traffic can flow: it has no link. Add one."
            .formatted(edge));
  }

  private static Notice meshComplete(GroupRecord group) {
    return new Notice(
        Notice.MESH_COMPLETE,
        Notice.INFO,
        Optional.empty(),
        Optional.empty(),
        "Each of the %d members is linked to every other. As a mesh the group would link new members by itself."
            .formatted(group.members()));
  }

  private static Notice hubMissing(GroupSettings settings) {
    return new Notice(
        Notice.HUB_MISSING,
        Notice.WARNING,
        settings.hub(),
        Optional.empty(),
        settings
            .hub()
            .map(hub -> "The hub %s is not a member, so no spoke is linked. Add it.".formatted(hub))
            .orElse("The group has no hub, so no spoke is linked. Name one."));
  }
}
