package io.linkwright.topology.view;

import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.group.GroupEvent.GroupChanged;
import io.linkwright.domain.group.GroupEvent.GroupCreated;
import io.linkwright.domain.group.GroupEvent.GroupDeleted;
import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.GroupEvent.LinkAdded;
import io.linkwright.domain.group.GroupEvent.LinkChanged;
import io.linkwright.domain.group.GroupEvent.LinkRemoved;
import io.linkwright.domain.group.GroupEvent.LinkSuspended;
import io.linkwright.domain.group.GroupEvent.MemberAdded;
import io.linkwright.domain.group.GroupEvent.MemberChanged;
import io.linkwright.domain.group.GroupEvent.MemberRemoved;
import io.linkwright.domain.group.GroupEvent.MemberRevoked;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What one event writes of groups, members and links, before anybody asks what it means. */
final class EventWrites {
  private final GroupTables tables;
  private final NodeDrafts nodes;
  private final RecordedEvent event;
  private final GroupId id;
  private final long revision;
  private boolean removedRedundantLink;

  EventWrites(GroupTables tables, NodeDrafts nodes, RecordedEvent event) {
    this.tables = tables;
    this.nodes = nodes;
    this.event = event;
    this.id = event.group();
    this.revision = event.revision();
  }

  /**
   * Writes members and links and gives the group with its new counts.
   *
   * @throws IllegalStateException if the event cannot happen to the group as it is
   */
  GroupRecord apply(GroupRecord group) {
    requireStanding(group);
    return switch (event.payload()) {
      case GroupCreated(GroupSettings settings) -> group.withSettings(Optional.of(settings));
      case GroupChanged(GroupSettings settings) -> groupChanged(group, settings);
      case GroupDeleted _ -> deleted(group);
      case MemberAdded(Member member) -> memberAdded(group, member);
      case MemberChanged(Member member) -> memberChanged(group, member);
      case MemberRevoked(Member member, _) -> memberRevoked(group, member);
      case MemberRemoved(EdgeId edge) -> memberRemoved(group, edge);
      case LinkAdded(LinkConfiguration link) -> linkAdded(group, link);
      case LinkChanged(LinkConfiguration link) -> linkChanged(group, link);
      case LinkSuspended(LinkConfiguration link) -> linkSuspended(group, link);
      case LinkRemoved(LinkId link) -> linkRemoved(group, link);
      case GroupRecovered _ -> group.recovered();
    };
  }

  /** Whether the event took away a link that nobody needs to be connected. */
  boolean removedRedundantLink() {
    return removedRedundantLink;
  }

  /** What the writer's own rule says of every event, as far as the view can tell. */
  private void requireStanding(GroupRecord group) {
    boolean creates = event.payload() instanceof GroupCreated;
    require(!creates || group.settings().isEmpty(), "the group exists");
    boolean needsNoGroup = creates || event.payload() instanceof GroupRecovered;
    require(needsNoGroup || group.settings().isPresent(), "the group does not exist");
  }

  private GroupRecord groupChanged(GroupRecord group, GroupSettings settings) {
    GroupSettings former = group.settings().orElseThrow();
    require(
        settings.tunnelProtocol() == former.tunnelProtocol()
            && settings.addressPool().equals(former.addressPool()),
        "tunnel protocol and address pool never change");
    return group.withSettings(Optional.of(settings));
  }

  private GroupRecord deleted(GroupRecord group) {
    require(group.members() == 0 && group.links() == 0, "the group still has members");
    return group.withSettings(Optional.empty());
  }

  private GroupRecord memberAdded(GroupRecord group, Member member) {
    EdgeId edge = member.edge();
    require(tables.member(id, edge).isEmpty(), edge + " is added twice");
    requireAddresses(group, member);
    tables.put(id, edge, MemberRecord.of(member));
    tables.listUnlinked(id, edge);
    nodes.put(edge, NodeRecord.NEW);
    desire();
    return group.plusMembers(1);
  }

  private GroupRecord memberChanged(GroupRecord group, Member member) {
    require(tables.member(id, member.edge()).isPresent(), member.edge() + " is no member");
    requireAddresses(group, member);
    tables.put(id, member.edge(), MemberRecord.of(member));
    desire();
    return group;
  }

  /** What the lost device said last is not the next one's. */
  private GroupRecord memberRevoked(GroupRecord group, Member member) {
    tables.removeStatus(id, member.edge());
    return memberChanged(group, member);
  }

  private GroupRecord memberRemoved(GroupRecord group, EdgeId edge) {
    require(nodes.get(edge).links() == 0, edge + " is removed with links");
    tables.removeMember(id, edge);
    return group.plusMembers(-1);
  }

  private GroupRecord linkAdded(GroupRecord group, LinkConfiguration link) {
    require(tables.link(id, link.id()).isEmpty(), link.id() + " is added twice");
    requireTunnels(group, link);
    LinkRecord added = LinkRecord.added(link, revision);
    tables.addLink(id, link.id(), areConnected(link.id()) ? added.asRedundant() : added);
    countLinks(link.id(), 1);
    desire();
    return group.plusLinks(1);
  }

  private GroupRecord linkSuspended(GroupRecord group, LinkConfiguration link) {
    require(!link.isConfigurable(), link.id() + " is suspended and has keys");
    return linkChanged(group, link);
  }

  private GroupRecord linkChanged(GroupRecord group, LinkConfiguration link) {
    requireTunnels(group, link);
    tables.put(id, link.id(), existing(link.id()).changed(link, revision));
    desire();
    return group;
  }

  private GroupRecord linkRemoved(GroupRecord group, LinkId link) {
    removedRedundantLink = existing(link).redundant();
    tables.removeLink(id, link);
    countLinks(link, -1);
    desire();
    return group.plusLinks(-1);
  }

  /** Before the link counts: whether both ends are in one component. */
  private boolean areConnected(LinkId link) {
    OptionalLong component = nodes.get(link.edgeA()).component();
    return component.isPresent() && component.equals(nodes.get(link.edgeB()).component());
  }

  private void countLinks(LinkId link, long added) {
    for (EdgeId end : link.edges()) {
      nodes.change(end, node -> node.plusLinks(added));
    }
  }

  /** The edges that get a record on {@code linkwright.edge-config} are to run this revision. */
  private void desire() {
    List<EdgeId> concerned =
        ConfigurationChange.of(event.payload()).map(ConfigurationChange::edges).orElse(List.of());
    for (EdgeId edge : concerned) {
      nodes.change(edge, node -> node.desiring(revision));
    }
  }

  private LinkRecord existing(LinkId link) {
    return tables
        .link(id, link)
        .orElseThrow(() -> new IllegalStateException("there is no link %s".formatted(link)));
  }

  private void requireAddresses(GroupRecord group, Member member) {
    int tunnels = group.settings().orElseThrow().tunnelCount();
    require(
        member.overlayAddresses().size() == tunnels,
        "%s has %d overlay addresses instead of %d"
            .formatted(member.edge(), member.overlayAddresses().size(), tunnels));
  }

  private void requireTunnels(GroupRecord group, LinkConfiguration link) {
    GroupSettings settings = group.settings().orElseThrow();
    require(
        link.protocol() == settings.tunnelProtocol()
            && link.tunnels().size() == settings.tunnelCount(),
        "%s has %d tunnels of %s; the group has %d of %s"
            .formatted(
                link.id(),
                link.tunnels().size(),
                link.protocol().label(),
                settings.tunnelCount(),
                settings.tunnelProtocol().label()));
  }

  private void require(boolean possible, String complaint) {
    if (!possible) {
      throw new IllegalStateException(complaint);
    }
  }
}
