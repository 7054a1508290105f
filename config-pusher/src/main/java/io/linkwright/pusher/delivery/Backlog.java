package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ProtocolLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What one edge has yet to hear of one group: whether of its membership, and of which links. Gives
 * out the next message's worth of it, in ascending order of revision.
 *
 * <p>What the store shows beyond {@link #seenRevision} waits for its own notification, so that no
 * message claims a change that was left out. Not thread-safe.
 */
final class Backlog {
  private final EdgeId edge;
  private final GroupId group;
  private final DesiredConfiguration desired;
  private final int maxConfigChars;

  private final PendingLinks pending = new PendingLinks();
  private final UndeliveredLinks undelivered = new UndeliveredLinks();
  private final Map<LinkId, Long> held = new HashMap<>();
  private final Set<LinkId> own = new HashSet<>();
  private final NackBackoff refusals;

  /** The links that the comparison saw. */
  private Map<LinkId, Long> comparedLinks = Map.of();

  private boolean edgeHasNothing;
  private boolean membershipPending;
  private long comparedRevision;
  private long comparedMembership;
  private long seenRevision;
  private long pendingSince;
  private Optional<String> trouble = Optional.empty();

  Backlog(EdgeId edge, GroupId group, DesiredConfiguration desired, DeliveryLimits limits) {
    this.edge = edge;
    this.group = group;
    this.desired = desired;
    this.maxConfigChars = limits.maxConfigChars();
    this.refusals = new NackBackoff(limits);
  }

  /** Everything in which the edge differs from what it should have. */
  void compare(Optional<Have> have) {
    // Before the links: what the store shows beyond this is notified and need not be claimed here.
    comparedRevision = desired.revision(edge, group);
    seenRevision = comparedRevision;
    edgeHasNothing = have.isEmpty();
    comparedMembership =
        desired.membership(edge, group) instanceof Lookup.Present<Membership>(Membership membership)
            ? membership.revision()
            : 0;
    membershipPending = edgeHasNothing || comparedMembership > have.get().revision();
    SortedMap<LinkId, Long> wanted = desired.linkRevisions(edge, group);
    own.clear();
    own.addAll(wanted.keySet());
    comparedLinks = Map.copyOf(wanted);
    Map<LinkId, Long> running = have.<Map<LinkId, Long>>map(Have::links).orElse(Map.of());
    wanted.forEach(
        (link, revision) -> {
          if (!revision.equals(running.get(link))) {
            differs(link, revision);
          }
        });
    running.keySet().stream()
        .filter(link -> !wanted.containsKey(link))
        .forEach(link -> differs(link, 0));
  }

  private void differs(LinkId link, long revision) {
    pending.add(link, revision);
    if (edgeHasNothing) {
      undelivered.changed(link, revision);
    } else {
      undelivered.differs(link);
    }
  }

  /** Nothing is to be delivered but that the edge leaves. */
  void abandon() {
    seenRevision = Math.max(seenRevision, desired.revision(edge, group));
    membershipPending = false;
    pending.clear();
    held.clear();
  }

  /**
   * Whether the edge has the link, or had it a while ago. Whatever else an edge speaks of was never
   * given to it.
   */
  boolean isOwn(LinkId link) {
    if (own.size() > ProtocolLimits.MAX_LINKS_PER_EDGE) {
      own.clear();
      own.addAll(desired.linkRevisions(edge, group).keySet());
    }
    return own.contains(link);
  }

  /** A link's record was written or removed. */
  void linkChanged(Change change, long now) {
    LinkId link = change.key().link().orElseThrow();
    if (link.joins(edge)) {
      own.add(link);
    }
    if (!isCompared(change.revision()) || differsFromCompared(link)) {
      newer(change.revision(), now);
      held.remove(link);
      pending.add(link, change.revision());
      undelivered.changed(link, change.since());
    }
  }

  /** The membership's record was written. */
  void membershipChanged(long revision, long now) {
    if (!isCompared(revision) || revision > comparedMembership) {
      newer(revision, now);
      membershipPending = true;
    }
  }

  /** Whether the comparison has seen it: told late, it would only be sent twice. */
  private boolean isCompared(long revision) {
    return revision != 0 && revision <= comparedRevision;
  }

  /**
   * The comparison may have seen a number that no revision of the group has: a removal is not
   * signed. What the store has now tells.
   */
  private boolean differsFromCompared(LinkId link) {
    Long compared = comparedLinks.get(link);
    return switch (desired.link(edge, group, link)) {
      case Lookup.Present<LinkUpdate>(LinkUpdate update) ->
          compared == null || update.revision() != compared;
      case Lookup.Absent<LinkUpdate>() -> compared != null;
      case Lookup.Unreadable<LinkUpdate> _ -> true;
    };
  }

  private void newer(long revision, long now) {
    seenRevision = Math.max(seenRevision, revision);
    if (pendingSince == 0) {
      pendingSince = now;
    }
    refusals.resume();
  }

  boolean edgeHasNothing() {
    return edgeHasNothing;
  }

  long seenRevision() {
    return seenRevision;
  }

  /** When the first change was told of that is still to be sent; 0 if it was not a change. */
  long pendingSince() {
    return pendingSince;
  }

  /** Why something cannot be sent, if it was the store that could not be read. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Whether there is something to say to an edge that is at this revision. */
  boolean hasNews(long acknowledgedRevision) {
    return !refusals.isPaused()
        && (membershipPending || pending.hasUpTo(seenRevision) || isBehind(acknowledgedRevision));
  }

  /** Everything is delivered but the revision: a link came and went while the edge was away. */
  private boolean isBehind(long acknowledgedRevision) {
    return seenRevision > acknowledgedRevision && pending.isEmpty() && held.isEmpty();
  }

  /** Takes out the next message's worth. Empty if what has to come first is not to be had. */
  Optional<ConfigDraft> take(long now) {
    trouble = Optional.empty();
    ConfigDraft draft = new ConfigDraft(refusals.itemLimit(), maxConfigChars);
    if (edgeHasNothing && !addMembership(draft, now)) {
      return Optional.empty();
    }
    if (membershipPending && !edgeHasNothing) {
      addMembershipInTurn(draft, now);
    }
    if (!leftOut(draft)) {
      addLinks(draft, seenRevision, now);
    }
    return Optional.of(draft);
  }

  /** Whether nothing is left that could be sent after this message. */
  boolean isLast(ConfigDraft draft) {
    return !pending.hasUpTo(seenRevision) && held.isEmpty() && !leftOut(draft);
  }

  /**
   * Links older than the membership go before it, newer ones not without it: what the edge says it
   * has tells whether it has the membership.
   */
  private void addMembershipInTurn(ConfigDraft draft, long now) {
    long older =
        desired.membership(edge, group) instanceof Lookup.Present<Membership>(Membership membership)
            ? Math.min(membership.revision() - 1, seenRevision)
            : seenRevision;
    addLinks(draft, older, now);
    if (draft.hasRoom() && !pending.hasUpTo(older)) {
      addMembership(draft, now);
    }
  }

  private boolean leftOut(ConfigDraft draft) {
    return membershipPending && draft.membership().isEmpty();
  }

  /** Adds the membership, unless it cannot be read: then the group waits for one that can. */
  private boolean addMembership(ConfigDraft draft, long now) {
    return switch (desired.membership(edge, group)) {
      case Lookup.Present<Membership>(Membership membership)
          when membership.revision() <= seenRevision -> {
        draft.membership(membership);
        yield true;
      }
      // Changed or removed a moment ago: the notification is on its way.
      case Lookup.Present<Membership> _, Lookup.Absent<Membership> _ -> false;
      case Lookup.Unreadable<Membership>(String error) -> {
        trouble = Optional.of(error);
        refusals.pause(now);
        yield false;
      }
    };
  }

  private void addLinks(ConfigDraft draft, long upToRevision, long now) {
    for (PendingLinks.Entry entry : pending.firstUpTo(upToRevision, refusals.itemLimit())) {
      if (!draft.hasRoom() || !addLink(draft, entry, now)) {
        return;
      }
      pending.remove(entry.link());
    }
  }

  /** False if the message is full. */
  private boolean addLink(ConfigDraft draft, PendingLinks.Entry entry, long now) {
    switch (desired.link(edge, group, entry.link())) {
      case Lookup.Present<LinkUpdate>(LinkUpdate update) -> {
        // Changed again a moment ago: left to the notification that is on its way.
        return update.revision() > seenRevision || draft.set(entry, update);
      }
      case Lookup.Absent<LinkUpdate>() -> draft.remove(entry);
      case Lookup.Unreadable<LinkUpdate>(String error) -> {
        trouble = Optional.of(error);
        held.put(entry.link(), entry.revision());
        refusals.later(now);
      }
    }
    return true;
  }

  /** What was taken is on its way. */
  void sent(ConfigDraft draft) {
    undelivered.sent(draft.taken());
    if (draft.membership().isPresent()) {
      membershipPending = false;
    }
    if (!pending.hasUpTo(seenRevision)) {
      pendingSince = 0;
    }
  }

  /** The edge has taken it over. Answers whether nothing is held back. */
  boolean accepted() {
    undelivered.accepted();
    edgeHasNothing = false;
    refusals.accepted();
    if (held.isEmpty()) {
      refusals.settled();
    }
    return held.isEmpty();
  }

  /** The edge refuses it as a whole: several items are tried in halves, a single one waits. */
  void refused(Outstanding sent, long now) {
    undelivered.refused();
    membershipPending |= sent.withMembership();
    if (sent.items() > 1) {
      refusals.split(sent.items());
      sent.links().forEach(entry -> pending.add(entry.link(), entry.revision()));
    } else if (sent.links().isEmpty()) {
      refusals.pause(now);
    } else {
      holdBack(sent.links().getFirst(), now);
    }
  }

  private void holdBack(PendingLinks.Entry entry, long now) {
    if (!pending.contains(entry.link())) {
      held.put(entry.link(), entry.revision());
    }
    refusals.hold(now);
  }

  /** Tries again what was held back, if it is time. */
  void retryIfDue(long now) {
    if (refusals.isRetryDue(now)) {
      refusals.retry();
      held.forEach(pending::add);
      held.clear();
    }
  }

  /** The links of which the edge may lack a change up to this revision. */
  List<LinkId> undeliveredUpTo(long revision) {
    return undelivered.upTo(revision);
  }
}
