package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides the commands about one link. */
final class LinkDecisions {
  private LinkDecisions() {}

  static Decision add(EventSequence sequence, EdgePair pair) {
    Active group = sequence.group();
    Optional<Rejection> refused =
        Rejections.rejectAutomaticLinks(group)
            .or(() -> rejectLoop(pair))
            .or(() -> Rejections.rejectMember(group, "edgeA", pair.edgeA()))
            .or(() -> Rejections.rejectMember(group, "edgeB", pair.edgeB()))
            .or(() -> group.link(pair.link()).map(link -> Rejections.linkExists(link.id())));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    sequence.addLink(pair.link());
    return sequence.accepted();
  }

  static Decision remove(EventSequence sequence, LinkId link) {
    Active group = sequence.group();
    Optional<Rejection> automatic = Rejections.rejectAutomaticLinks(group);
    if (automatic.isPresent()) {
      return new Refused(automatic.get());
    }
    if (group.link(link).isEmpty()) {
      return new Refused(Rejections.unknownLink(group, link));
    }
    sequence.removeLink(link);
    return sequence.accepted();
  }

  static Decision rekey(EventSequence sequence, LinkId id) {
    Active group = sequence.group();
    Optional<LinkConfiguration> link = group.link(id);
    if (link.isEmpty()) {
      return new Refused(Rejections.unknownLink(group, id));
    }
    if (!link.get().isConfigurable()) {
      return new Refused(awaitsEnrollment(group, id));
    }
    sequence.renewLink(link.get());
    return sequence.accepted();
  }

  static Decision rekeyAll(EventSequence sequence, EdgeId edge) {
    Active group = sequence.group();
    if (group.member(edge).isEmpty()) {
      return new Refused(Rejections.unknownMember(group, edge));
    }
    List<LinkConfiguration> links =
        group.linksOf(edge).filter(LinkConfiguration::isConfigurable).toList();
    Optional<Rejection> tooMany = Rejections.rejectEventCount(links.size(), "rekey link by link");
    if (tooMany.isPresent()) {
      return new Refused(tooMany.get());
    }
    links.forEach(sequence::renewLink);
    return sequence.accepted();
  }

  static Decision renew(EventSequence sequence, GroupCommand.RenewKeys renew) {
    Active group = sequence.group();
    Optional<Member> member = group.member(renew.edge());
    if (member.isEmpty()) {
      return new Refused(Rejections.unknownMember(group, renew.edge()));
    }
    if (member.get().keys().filter(keys -> keys.identity().equals(renew.identity())).isEmpty()) {
      return new Refused(
          Rejection.of(
              RejectionCode.PROOF_INVALID,
              "the identity key is not the one that %s has enrolled with".formatted(renew.edge())));
    }
    if (renew.keyVersions().size() > Limits.MAX_RENEWED_LINKS) {
      return new Refused(
          Rejection.ofField(
              RejectionCode.LIMIT_EXCEEDED,
              "links",
              "%d links at once, and %d are allowed: ask for the others afterwards"
                  .formatted(renew.keyVersions().size(), Limits.MAX_RENEWED_LINKS)));
    }
    group
        .linksOf(renew.edge())
        .filter(LinkConfiguration::isConfigurable)
        .filter(link -> Objects.equals(renew.keyVersions().get(link.id()), link.keyVersion()))
        .toList()
        .forEach(sequence::renewLink);
    return sequence.accepted();
  }

  private static Optional<Rejection> rejectLoop(EdgePair pair) {
    return pair.isLoop() ? Optional.of(Rejections.linkToSelf(pair.edgeA())) : Optional.empty();
  }

  private static Rejection awaitsEnrollment(Active group, LinkId id) {
    String waiting =
        id.edges().stream()
            .filter(edge -> group.contents().node(edge).member().keys().isEmpty())
            .map(EdgeId::value)
            .collect(Collectors.joining(" and "));
    return Rejection.of(
        RejectionCode.INVALID_REQUEST,
        "link %s has no keys to replace yet: enroll %s first".formatted(id, waiting));
  }
}
