package io.linkwright.topology.query;

import io.linkwright.domain.address.Position;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import io.linkwright.httpapi.answer.MemberAnswer;
import io.linkwright.httpapi.answer.MemberDescription;
import io.linkwright.httpapi.answer.MemberDetailAnswer;
import io.linkwright.httpapi.answer.MemberPage;
import io.linkwright.httpapi.answer.Notice;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.MemberRecord;
import io.linkwright.topology.view.NodeRecord;
import io.linkwright.topology.view.Page;
import io.linkwright.topology.view.StatusRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers about a group and its members, from the records of the view. */
final class GroupAnswers {
  private final InstantSource clock;

  GroupAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /** The group, if it exists. */
  Optional<GroupAnswer> group(GroupView view, GroupId id) {
    GroupRecord group = view.group(id);
    return group.settings().map(settings -> group(view, group, settings));
  }

  private GroupAnswer group(GroupView view, GroupRecord group, GroupSettings settings) {
    List<EdgeId> isolated = isolated(view, group, settings.id());
    return new GroupAnswer(
        GroupSettingsAnswer.of(settings),
        group.revision(),
        group.members(),
        group.links(),
        isolated,
        group.damage().map(DamageAnswers::damage),
        notices(view, group, settings, isolated));
  }

  private List<Notice> notices(
      GroupView view, GroupRecord group, GroupSettings settings, List<EdgeId> isolated) {
    boolean hubIsMember =
        settings.hub().filter(hub -> view.member(settings.id(), hub).isPresent()).isPresent();
    List<Notice> notices = new ArrayList<>();
    group
        .damage()
        .map(damage -> Notices.groupDamaged(damage, group.revision()))
        .ifPresent(notices::add);
    notices.addAll(Notices.of(group, settings, isolated, hubIsMember));
    notices.addAll(FaultyLinks.find(view, settings.id(), clock.instant()).values());
    return notices;
  }

  /** A page of members, if the group exists. */
  Optional<MemberPage> members(GroupView view, GroupId id, Page<EdgeId> page) {
    GroupRecord group = view.group(id);
    if (group.settings().isEmpty()) {
      return Optional.empty();
    }
    List<Map.Entry<EdgeId, MemberRecord>> found = view.members(id, page.andOneMore());
    Instant now = clock.instant();
    List<MemberAnswer> members = new ArrayList<>();
    for (Map.Entry<EdgeId, MemberRecord> member : page.of(found)) {
      members.add(member(new Standing(view, id, group, member.getKey()), member.getValue(), now));
    }
    return Optional.of(
        new MemberPage(group.revision(), members, page.next(found).map(Map.Entry::getKey)));
  }

  /** All that is known of a member, if it is one. */
  Optional<MemberDetailAnswer> member(GroupView view, GroupId id, EdgeId edge) {
    GroupRecord group = view.group(id);
    return view.member(id, edge)
        .map(
            member ->
                new MemberDetailAnswer(
                    group.revision(),
                    member(new Standing(view, id, group, edge), member, clock.instant())));
  }

  /** Members without a link, where links are made by hand. */
  static List<EdgeId> isolated(GroupView view, GroupRecord group, GroupId id) {
    return group.isPartialMesh() ? view.unlinked(id) : List.of();
  }

  private static MemberAnswer member(Standing standing, MemberRecord member, Instant now) {
    NodeRecord node = standing.node();
    Optional<StatusRecord> status = standing.status();
    return new MemberAnswer(
        standing.edge(),
        description(member),
        node.links(),
        standing.isIsolated(),
        status.filter(heard -> heard.isConnected(now)).isPresent(),
        node.desiredRevision(),
        status.map(known -> known.heard().acknowledgedRevision()).orElse(0L),
        status.flatMap(known -> known.heard().lastError()));
  }

  private static MemberDescription description(MemberRecord member) {
    return new MemberDescription(
        member.name(),
        member.endpoint(),
        member.enrollment() == EnrollmentStanding.ENROLLED,
        member.enrollment(),
        member.allowedSubnets(),
        member.overlayAddresses(),
        member.position().map(Position::latitude),
        member.position().map(Position::longitude));
  }

  /** What is known of a member beside its description. */
  private record Standing(GroupView view, GroupId id, GroupRecord group, EdgeId edge) {
    NodeRecord node() {
      return view.node(id, edge);
    }

    Optional<StatusRecord> status() {
      return view.status(id, edge);
    }

    boolean isIsolated() {
      return group.isPartialMesh() && !view.isLinked(id, edge);
    }
  }
}
