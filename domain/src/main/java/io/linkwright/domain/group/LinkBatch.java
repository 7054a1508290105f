package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.group.Rejection.ItemRejection;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides a batch of links, all or nothing: what is removed goes first, and every item at fault is
 * named. Owned by the thread that decides.
 */
final class LinkBatch {
  private final Active group;
  private final Map<LinkId, String> removed = new HashMap<>();
  private final Map<LinkId, String> added = new HashMap<>();
  private final List<ItemRejection> rejections = new ArrayList<>();

  private LinkBatch(Active group) {
    this.group = group;
  }

  static Decision decide(EventSequence sequence, GroupCommand.ChangeLinks batch) {
    Active group = sequence.group();
    Optional<Rejection> refused =
        Rejections.rejectAutomaticLinks(group)
            .or(() -> rejectSize(batch))
            .or(() -> new LinkBatch(group).rejectItems(batch));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    batch.remove().forEach(pair -> sequence.removeLink(pair.link()));
    batch.add().forEach(pair -> sequence.addLink(pair.link()));
    return sequence.accepted();
  }

  private static Optional<Rejection> rejectSize(GroupCommand.ChangeLinks batch) {
    int size = batch.add().size() + batch.remove().size();
    return size > Limits.MAX_BATCH_ITEMS
        ? Optional.of(
            Rejection.of(
                RejectionCode.LIMIT_EXCEEDED,
                "the batch has %d items and may have %d: send it in parts"
                    .formatted(size, Limits.MAX_BATCH_ITEMS)))
        : Optional.empty();
  }

  private Optional<Rejection> rejectItems(GroupCommand.ChangeLinks batch) {
    for (int i = 0; i < batch.remove().size(); i++) {
      checkRemoval(batch.remove().get(i), "remove[" + i + "]");
    }
    for (int i = 0; i < batch.add().size(); i++) {
      checkAddition(batch.add().get(i), "add[" + i + "]");
    }
    if (rejections.isEmpty()) {
      return Optional.empty();
    }
    ItemRejection first = rejections.getFirst();
    String detail =
        "nothing was changed, because %d of %d items cannot be done; %s: %s"
            .formatted(
                rejections.size(),
                batch.add().size() + batch.remove().size(),
                first.field(),
                first.detail());
    return Optional.of(new Rejection(first.code(), detail, Optional.of(first.field()), rejections));
  }

  private void checkRemoval(EdgePair pair, String field) {
    Optional<Rejection> refused =
        ofEnds(pair)
            .or(() -> rejectRepetition(removed.putIfAbsent(pair.link(), field)))
            .or(
                () ->
                    group.link(pair.link()).isPresent()
                        ? Optional.empty()
                        : Optional.of(Rejections.unknownLink(group, pair.link())));
    refused.ifPresent(rejection -> reject(rejection, field));
  }

  private void checkAddition(EdgePair pair, String field) {
    Optional<Rejection> refused =
        ofEnds(pair)
            .or(() -> rejectRepetition(added.putIfAbsent(pair.link(), field)))
            .or(
                () ->
                    group
                        .link(pair.link())
                        .filter(link -> !removed.containsKey(link.id()))
                        .map(link -> Rejections.linkExists(link.id())));
    refused.ifPresent(rejection -> reject(rejection, field));
  }

  private Optional<Rejection> ofEnds(EdgePair pair) {
    return pair.isLoop()
        ? Optional.of(Rejections.linkToSelf(pair.edgeA()))
        : Rejections.rejectMember(group, "edgeA", pair.edgeA())
            .or(() -> Rejections.rejectMember(group, "edgeB", pair.edgeB()));
  }

  private static Optional<Rejection> rejectRepetition(String earlierField) {
    return Optional.ofNullable(earlierField)
        .map(
            earlier ->
                Rejection.of(
                    RejectionCode.INVALID_REQUEST,
                    "the pair is named by %s already: name it once".formatted(earlier)));
  }

  private void reject(Rejection rejection, String field) {
    rejections.add(new ItemRejection(rejection.code(), rejection.detail(), field));
  }
}
