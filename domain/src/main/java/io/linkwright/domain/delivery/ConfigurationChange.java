package io.linkwright.domain.delivery;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;

/**
 * What an event calls for on {@code linkwright.edge-config}: a record for each of {@link #edges()},
 * and for nobody else.
 */
public sealed interface ConfigurationChange {

  /** The edges whose configuration changes. */
  List<EdgeId> edges();

  /** Both ends get the link, each with its own sealed secrets. */
  record LinkConfigured(LinkConfiguration link) implements ConfigurationChange {
    @Override
    public List<EdgeId> edges() {
      return link.id().edges();
    }
  }

  /** Both ends get a tombstone. */
  record LinkWithdrawn(LinkId link) implements ConfigurationChange {
    @Override
    public List<EdgeId> edges() {
      return link.edges();
    }
  }

  /** The edge gets its membership. */
  record MembershipConfigured(Member member) implements ConfigurationChange {
    @Override
    public List<EdgeId> edges() {
      return List.of(member.edge());
    }
  }

  /** The edge gets a tombstone for its membership. */
  record MembershipWithdrawn(EdgeId edge) implements ConfigurationChange {
    @Override
    public List<EdgeId> edges() {
      return List.of(edge);
    }
  }

  /**
   * What the event calls for. Nothing while a member awaits enrollment: it has no key to seal to.
   */
  static Optional<ConfigurationChange> of(GroupEvent event) {
    return switch (event) {
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.GroupRecovered _ ->
          Optional.empty();
      case GroupEvent.MemberAdded(Member member) -> membership(member);
      case GroupEvent.MemberChanged(Member member) -> membership(member);
      case GroupEvent.MemberRevoked(Member member, List<String> keyFingerprints) ->
          keyFingerprints.isEmpty()
              ? Optional.empty()
              : Optional.of(new MembershipWithdrawn(member.edge()));
      case GroupEvent.MemberRemoved(EdgeId edge) -> Optional.of(new MembershipWithdrawn(edge));
      case GroupEvent.LinkAdded(LinkConfiguration link) -> configured(link);
      case GroupEvent.LinkChanged(LinkConfiguration link) -> configured(link);
      case GroupEvent.LinkSuspended(LinkConfiguration link) ->
          Optional.of(new LinkWithdrawn(link.id()));
      case GroupEvent.LinkRemoved(LinkId link) -> Optional.of(new LinkWithdrawn(link));
    };
  }

  /** Who gets nothing of the event until a member enrolls: the member, or both ends of a link. */
  static List<EdgeId> awaiting(GroupEvent event) {
    return switch (event) {
      case GroupEvent.MemberAdded(Member member) -> awaiting(member);
      case GroupEvent.MemberChanged(Member member) -> awaiting(member);
      case GroupEvent.LinkAdded(LinkConfiguration link) -> awaiting(link);
      case GroupEvent.LinkChanged(LinkConfiguration link) -> awaiting(link);
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.GroupRecovered _,
          GroupEvent.MemberRevoked _,
          GroupEvent.MemberRemoved _,
          GroupEvent.LinkSuspended _,
          GroupEvent.LinkRemoved _ ->
          List.of();
    };
  }

  private static List<EdgeId> awaiting(Member member) {
    return member.keys().isPresent() ? List.of() : List.of(member.edge());
  }

  private static List<EdgeId> awaiting(LinkConfiguration link) {
    return link.isConfigurable() ? List.of() : link.id().edges();
  }

  private static Optional<ConfigurationChange> membership(Member member) {
    return member.keys().map(_ -> new MembershipConfigured(member));
  }

  private static Optional<ConfigurationChange> configured(LinkConfiguration link) {
    return link.isConfigurable() ? Optional.of(new LinkConfigured(link)) : Optional.empty();
  }
}
