package io.linkwright.domain.group;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group as its events leave it. Immutable; only {@link Evolver} makes a new one, which shares
 * with the old all that the event did not touch.
 */
public sealed interface GroupState {

  /** The group. */
  GroupId id();

  /** The number of its events so far. */
  long revision();

  /** The state before the first event. */
  static GroupState absent(GroupId id) {
    return new Absent(id, 0);
  }

  /**
   * No group has the id.
   *
   * @param revision 0 if none ever had; otherwise that of the deletion, after which a new group of
   *     the id goes on counting
   */
  record Absent(GroupId id, long revision) implements GroupState {}

  /** The group exists. */
  final class Active implements GroupState {
    private final GroupSettings settings;
    private final long revision;
    private final GroupContents contents;

    Active(GroupSettings settings, long revision, GroupContents contents) {
      this.settings = settings;
      this.revision = revision;
      this.contents = contents;
    }

    @Override
    public GroupId id() {
      return settings.id();
    }

    @Override
    public long revision() {
      return revision;
    }

    /** What the group is, apart from members and links. */
    public GroupSettings settings() {
      return settings;
    }

    /** Number of members. */
    public int memberCount() {
      return contents.members().size();
    }

    /** Number of links. */
    public int linkCount() {
      return contents.links().size();
    }

    /** The member, found by its hash. */
    public Optional<Member> member(EdgeId edge) {
      return contents.members().get(edge).map(MemberNode::member);
    }

    /** The link, found by its hash. */
    public Optional<LinkConfiguration> link(LinkId link) {
      return contents.links().get(link).map(LinkNode::link);
    }

    /** All members by edge id, in O(n log n). */
    public Stream<Member> members() {
      return contents.members().values().map(MemberNode::member);
    }

    /** All links by link id, in O(n log n). */
    public Stream<LinkConfiguration> links() {
      return contents.links().values().map(LinkNode::link);
    }

    /** The links of a member by the edge id at their other end; none if it is no member. */
    public Stream<LinkConfiguration> linksOf(EdgeId edge) {
      return contents.members().get(edge).stream()
          .flatMap(node -> node.links().values())
          .map(link -> contents.links().get(link).orElseThrow().link());
    }

    GroupContents contents() {
      return contents;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Active that
          && revision == that.revision
          && settings.equals(that.settings)
          && contents.equals(that.contents);
    }

    @Override
    public int hashCode() {
      return Objects.hash(settings.id(), revision);
    }

    @Override
    public String toString() {
      return "%s at revision %d: %d members, %d links"
          .formatted(id(), revision, memberCount(), linkCount());
    }
  }
}
