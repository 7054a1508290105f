package io.linkwright.topology.view;

import io.linkwright.domain.ConfigurationChange;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupEvent.GroupChanged;
import io.linkwright.domain.GroupEvent.GroupCreated;
import io.linkwright.domain.GroupEvent.GroupDeleted;
import io.linkwright.domain.GroupEvent.GroupRecovered;
import io.linkwright.domain.GroupEvent.LinkAdded;
import io.linkwright.domain.GroupEvent.LinkChanged;
import io.linkwright.domain.GroupEvent.LinkRemoved;
import io.linkwright.domain.GroupEvent.LinkSuspended;
import io.linkwright.domain.GroupEvent.MemberAdded;
import io.linkwright.domain.GroupEvent.MemberChanged;
import io.linkwright.domain.GroupEvent.MemberRemoved;
import io.linkwright.domain.GroupEvent.MemberRevoked;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupSettings;
import io.linkwright.domain.LinkConfiguration;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.Member;
import io.linkwright.domain.RecordedEvent;
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
    return switch (event.payload()) {
      case GroupCreated(GroupSettings settings) -> group.withSettings(Optional.of(settings));
      case GroupChanged(GroupSettings settings) -> group.withSettings(Optional.of(settings));
      case GroupDeleted _ -> deleted(group);
      case MemberAdded(Member member) -> memberAdded(group, member);
      case MemberChanged(Member member) -> memberChanged(group, member);
      case MemberRevoked(Member member, _) -> memberChanged(group, member);
      case MemberRemoved(EdgeId edge) -> memberRemoved(group, edge);
      case LinkAdded(LinkConfiguration link) -> linkAdded(group, link);
      case LinkChanged(LinkConfiguration link) -> linkChanged(group, link);
      case LinkSuspended(LinkConfiguration link) -> linkChanged(group, link);
      case LinkRemoved(LinkId link) -> linkRemoved(group, link);
      case GroupRecovered _ -> group;
    };
  }

  /** Whether the event took away a link that nobody needs to be connected. */
  boolean removedRedundantLink() {
    return removedRedundantLink;
  }

  private GroupRecord deleted(GroupRecord group) {
    require(group.members() == 0 && group.links() == 0, id + " is deleted but not empty");
    return group.withSettings(Optional.empty());
  }

  private GroupRecord memberAdded(GroupRecord group, Member member) {
    EdgeId edge = member.edge();
    require(tables.member(id, edge).isEmpty(), edge + " is added twice");
    tables.put(id, edge, MemberRecord.of(member));
    tables.listUnlinked(id, edge);
    nodes.put(edge, NodeRecord.NEW);
    desire();
    return group.plusMembers(1);
  }

  private GroupRecord memberChanged(GroupRecord group, Member member) {
    tables.put(id, member.edge(), MemberRecord.of(member));
    desire();
    return group;
  }

  private GroupRecord memberRemoved(GroupRecord group, EdgeId edge) {
    require(nodes.get(edge).links() == 0, edge + " is removed with links");
    tables.removeMember(id, edge);
    return group.plusMembers(-1);
  }

  private GroupRecord linkAdded(GroupRecord group, LinkConfiguration link) {
    require(tables.link(id, link.id()).isEmpty(), link.id() + " is added twice");
    LinkRecord added = LinkRecord.added(link, revision);
    tables.addLink(id, link.id(), areConnected(link.id()) ? added.asRedundant() : added);
    countLinks(link.id(), 1);
    desire();
    return group.plusLinks(1);
  }

  private GroupRecord linkChanged(GroupRecord group, LinkConfiguration link) {
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
        .orElseThrow(() -> new IllegalStateException("%s has no link %s".formatted(id, link)));
  }

  private void require(boolean possible, String complaint) {
    if (!possible) {
      throw new IllegalStateException("%s at revision %d: %s".formatted(id, revision, complaint));
    }
  }
}
