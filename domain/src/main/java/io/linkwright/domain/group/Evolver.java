package io.linkwright.domain.group;

import io.linkwright.domain.group.GroupState.Absent;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;

/**
 * Folds events into state: the only code that makes new state, live as in replay. Each event costs
 * O(log n) in the size of the group.
 */
public final class Evolver {
  private Evolver() {}

  /**
   * The state after the event.
   *
   * @throws IllegalStateException if the event cannot follow: it belongs to another group, its
   *     revision is not the next, or it contradicts the state
   */
  public static GroupState evolve(GroupState state, RecordedEvent event) {
    try {
      requireNext(state, event);
      return switch (state) {
        case Absent absent -> begun(absent, event);
        case Active active -> evolved(active, event);
      };
    } catch (IllegalStateException impossible) {
      throw new IllegalStateException(
          "%s of group %s, revision %d, cannot follow: %s"
              .formatted(
                  event.payload().getClass().getSimpleName(),
                  event.group(),
                  event.revision(),
                  impossible.getMessage()),
          impossible);
    }
  }

  private static void requireNext(GroupState state, RecordedEvent event) {
    if (!event.group().equals(state.id())) {
      throw new IllegalStateException("the state is of group " + state.id());
    }
    Optional<GroupDefect> defect = GroupDefect.ofRevision(state.revision(), event);
    if (defect.isPresent()) {
      throw new IllegalStateException(
          "the state is at revision %d: %s".formatted(state.revision(), defect.get().detail()));
    }
  }

  private static GroupState begun(Absent absent, RecordedEvent event) {
    if (event.payload() instanceof GroupEvent.GroupRecovered) {
      return new Absent(absent.id(), event.revision());
    }
    if (!(event.payload() instanceof GroupEvent.GroupCreated(GroupSettings settings))) {
      throw new IllegalStateException("the group does not exist");
    }
    requireSameGroup(absent, settings);
    return new Active(settings, event.revision(), GroupContents.empty(settings.addressPool()));
  }

  private static GroupState evolved(Active group, RecordedEvent event) {
    GroupContents contents = group.contents();
    return switch (event.payload()) {
      case GroupEvent.GroupCreated _ -> throw new IllegalStateException("the group exists");
      case GroupEvent.GroupChanged(GroupSettings settings) -> {
        requireChangeable(group, settings);
        yield new Active(settings, event.revision(), contents);
      }
      case GroupEvent.GroupRecovered _ -> new Active(group.settings(), event.revision(), contents);
      case GroupEvent.GroupDeleted() -> {
        requireEmpty(contents);
        yield new Absent(group.id(), event.revision());
      }
      case GroupEvent.MemberAdded(Member member) -> {
        requireAddresses(group, member);
        yield next(group, contents.withMember(member));
      }
      case GroupEvent.MemberChanged(Member member) -> {
        requireAddresses(group, member);
        yield next(group, contents.withChangedMember(member));
      }
      case GroupEvent.MemberRevoked(Member member, List<String> keyFingerprints) -> {
        requireAddresses(group, member);
        yield next(group, contents.withRevokedMember(member, keyFingerprints));
      }
      case GroupEvent.MemberRemoved(EdgeId edge) -> next(group, contents.withoutMember(edge));
      case GroupEvent.LinkAdded(LinkConfiguration link) -> {
        requireTunnels(group, link);
        yield next(group, contents.withLink(LinkNode.keyed(link, event)));
      }
      case GroupEvent.LinkChanged(LinkConfiguration link) -> {
        requireTunnels(group, link);
        yield next(group, contents.withChangedLink(LinkNode.keyed(link, event)));
      }
      case GroupEvent.LinkSuspended(LinkConfiguration link) -> {
        requireTunnels(group, link);
        requireKeyless(link);
        yield next(group, contents.withChangedLink(LinkNode.keyed(link, event)));
      }
      case GroupEvent.LinkRemoved(LinkId link) -> next(group, contents.withoutLink(link));
    };
  }

  private static Active next(Active group, GroupContents contents) {
    return new Active(group.settings(), group.revision() + 1, contents);
  }

  private static void requireSameGroup(GroupState state, GroupSettings settings) {
    if (!settings.id().equals(state.id())) {
      throw new IllegalStateException("the settings are of group " + settings.id());
    }
  }

  private static void requireChangeable(Active group, GroupSettings settings) {
    requireSameGroup(group, settings);
    if (settings.tunnelProtocol() != group.settings().tunnelProtocol()
        || !settings.addressPool().equals(group.settings().addressPool())) {
      throw new IllegalStateException("tunnel protocol and address pool never change");
    }
  }

  private static void requireEmpty(GroupContents contents) {
    if (!contents.members().isEmpty()) {
      throw new IllegalStateException("the group still has members");
    }
  }

  private static void requireAddresses(Active group, Member member) {
    if (member.overlayAddresses().size() != group.settings().tunnelCount()) {
      throw new IllegalStateException(
          "%s has %d overlay addresses instead of %d"
              .formatted(
                  member.edge(), member.overlayAddresses().size(), group.settings().tunnelCount()));
    }
  }

  private static void requireKeyless(LinkConfiguration link) {
    if (link.isConfigurable()) {
      throw new IllegalStateException(link.id() + " is suspended and has keys");
    }
  }

  private static void requireTunnels(Active group, LinkConfiguration link) {
    if (link.protocol() != group.settings().tunnelProtocol()
        || link.tunnels().size() != group.settings().tunnelCount()) {
      throw new IllegalStateException(
          "%s has %d tunnels of %s; the group has %d of %s"
              .formatted(
                  link.id(),
                  link.tunnels().size(),
                  link.protocol().label(),
                  group.settings().tunnelCount(),
                  group.settings().tunnelProtocol().label()));
    }
  }
}
