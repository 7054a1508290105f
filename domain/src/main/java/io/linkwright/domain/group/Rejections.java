package io.linkwright.domain.group;

import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.text.DisplayName;
import java.util.Optional;
import java.util.OptionalLong;

/** The refusals that more than one command can meet, each in words that say what to do. */
final class Rejections {
  private Rejections() {}

  static Rejection unknownGroup(GroupId group) {
    return Rejection.of(
        RejectionCode.UNKNOWN_GROUP,
        "there is no group %s: create it first, or check the id".formatted(group));
  }

  static Rejection groupDamaged(GroupId group, GroupDamage damage) {
    return Rejection.of(
        RejectionCode.GROUP_DAMAGED,
        ("the log of group %s is damaged and the group stands still: %s. See what is left with "
                + "'linkwright replay', then let it go on from there with 'linkwright recover %s'")
            .formatted(group, damage.text(), group));
  }

  static Rejection groupExists(GroupId group) {
    return Rejection.ofField(
        RejectionCode.GROUP_EXISTS,
        "id",
        "there is a group %s already: choose another id, or change that group".formatted(group));
  }

  /** The command expects another revision than the group's. */
  static Optional<Rejection> ofRevision(GroupState state, OptionalLong expected) {
    if (expected.isEmpty() || expected.getAsLong() == state.revision()) {
      return Optional.empty();
    }
    return Optional.of(
        Rejection.of(
            RejectionCode.REVISION_MISMATCH,
            ("group %s is at revision %d, not at %d as the command expects: read it "
                    + "again, then decide")
                .formatted(state.id(), state.revision(), expected.getAsLong())));
  }

  /** The display name has a form that cannot be shown. */
  static Optional<Rejection> rejectName(String name) {
    Optional<String> fault = DisplayName.fault(name);
    if (fault.isPresent()) {
      return Optional.of(Rejection.ofField(RejectionCode.INVALID_REQUEST, "name", fault.get()));
    }
    int length = name.codePointCount(0, name.length());
    if (length > Limits.MAX_NAME_LENGTH) {
      return Optional.of(
          Rejection.ofField(
              RejectionCode.LIMIT_EXCEEDED,
              "name",
              "the name has %d characters; shorten it to %d"
                  .formatted(length, Limits.MAX_NAME_LENGTH)));
    }
    return Optional.empty();
  }

  /** The path names an edge that is no member. */
  static Rejection unknownMember(Active group, EdgeId edge) {
    return Rejection.of(RejectionCode.UNKNOWN_MEMBER, unknownMemberText(group, edge));
  }

  /** A field of the body names an edge that is no member. */
  static Optional<Rejection> rejectMember(Active group, String field, EdgeId edge) {
    return group.contents().members().contains(edge)
        ? Optional.empty()
        : Optional.of(
            Rejection.ofField(RejectionCode.UNKNOWN_MEMBER, field, unknownMemberText(group, edge)));
  }

  static Rejection unknownLink(Active group, LinkId link) {
    return Rejection.of(
        RejectionCode.UNKNOWN_LINK,
        "%s and %s are not linked in group %s: check the ids"
            .formatted(link.edgeA(), link.edgeB(), group.id()));
  }

  static Rejection linkExists(LinkId link) {
    return Rejection.of(
        RejectionCode.LINK_EXISTS,
        "%s and %s are linked already, by %s; to give it new keys, rekey it"
            .formatted(link.edgeA(), link.edgeB(), link));
  }

  static Rejection linkToSelf(EdgeId edge) {
    return Rejection.ofField(
        RejectionCode.LINK_TO_SELF,
        "edgeB",
        "%s cannot be linked to itself: name two different members".formatted(edge));
  }

  /** Nobody adds or removes links of an automatic topology by hand. */
  static Optional<Rejection> rejectAutomaticLinks(Active group) {
    Topology topology = group.settings().topology();
    return topology.isAutomatic()
        ? Optional.of(
            Rejection.of(
                RejectionCode.LINKS_ARE_AUTOMATIC,
                ("the links of group %s follow from its topology, %s: change its "
                        + "members, or change the topology to %s first")
                    .formatted(group.id(), topology.label(), Topology.PARTIAL_MESH.label())))
        : Optional.empty();
  }

  /** The command would make more events than one transaction should hold. */
  static Optional<Rejection> rejectEventCount(long events, String advice) {
    return events > Limits.MAX_EVENTS_PER_COMMAND
        ? Optional.of(
            Rejection.of(
                RejectionCode.LIMIT_EXCEEDED,
                "the command would make %d events, and one command may make %d: %s"
                    .formatted(events, Limits.MAX_EVENTS_PER_COMMAND, advice)))
        : Optional.empty();
  }

  private static String unknownMemberText(Active group, EdgeId edge) {
    return "%s is no member of group %s: add it first, or check the id".formatted(edge, group.id());
  }
}
