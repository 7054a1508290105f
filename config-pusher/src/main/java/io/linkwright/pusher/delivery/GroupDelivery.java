package io.linkwright.pusher.delivery;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.KeyChange;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings one edge to its desired configuration in one group: one message at a time, the rest
 * remembered as a set of link ids.
 *
 * <p>Messages go in ascending order of revision, and each claims the revision it really brings the
 * edge to: the highest of what is in it while more is to follow, and the highest that concerned the
 * edge with the last one. What the store shows beyond {@link #seenRevision} waits for its own
 * notification, so that the claim never covers a change that was left out.
 *
 * <p>{@code complete} is set when the edge has nothing of the group, where it cannot tear anything
 * down; an edge that has something is told what to remove link by link, since its hello said what
 * it has. Not thread-safe.
 */
final class GroupDelivery {
  private final EdgeId edge;
  private final GroupId group;
  private final DesiredConfiguration desired;
  private final DeliveryLimits limits;

  private final PendingLinks pending = new PendingLinks();
  private final UndeliveredLinks undelivered = new UndeliveredLinks();
  private final Map<LinkId, Long> held = new HashMap<>();
  private final Refusals refusals;
  private final LinkKeyChanges keys;

  private Optional<Outstanding> outstanding = Optional.empty();
  private boolean leaving;
  private boolean edgeHasNothing;
  private boolean membershipPending;
  private long comparedRevision;
  private long seenRevision;
  private long acknowledgedRevision;
  private long pendingSince;

  private Optional<String> lastError = Optional.empty();
  private List<TunnelStatus> tunnels = List.of();

  private GroupDelivery(EdgeId edge, GroupId group, Sources sources, DeliveryLimits limits) {
    this.edge = edge;
    this.group = group;
    this.desired = sources.desired();
    this.keys = new LinkKeyChanges(edge, group, sources.peers(), limits);
    this.limits = limits;
    this.refusals = new Refusals(limits);
  }

  /** To a member that has this, or nothing. Compares it with what the edge should have. */
  static GroupDelivery toMember(
      EdgeId edge, GroupId group, Optional<Have> have, Sources sources, DeliveryLimits limits) {
    GroupDelivery delivery = new GroupDelivery(edge, group, sources, limits);
    delivery.compare(have);
    have.ifPresent(delivery.keys::begin);
    return delivery;
  }

  /** To an edge that has something of a group it is no member of. */
  static GroupDelivery toLeaver(
      EdgeId edge, GroupId group, Have have, Sources sources, DeliveryLimits limits) {
    GroupDelivery delivery = new GroupDelivery(edge, group, sources, limits);
    delivery.acknowledgedRevision = have.revision();
    delivery.seenRevision = sources.desired().revision(edge, group);
    delivery.leave();
    return delivery;
  }

  private void compare(Optional<Have> have) {
    // Before the links: what the store shows beyond this is notified and need not be claimed here.
    comparedRevision = desired.revision(edge, group);
    seenRevision = comparedRevision;
    acknowledgedRevision = have.map(Have::revision).orElse(0L);
    edgeHasNothing = have.isEmpty();
    membershipPending =
        edgeHasNothing
            || (desired.membership(edge, group)
                    instanceof Lookup.Present<Membership>(Membership membership)
                && membership.revision() > acknowledgedRevision);
    SortedMap<LinkId, Long> wanted = desired.linkRevisions(edge, group);
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

  /** A link's record was written or removed. */
  void linkChanged(LinkId link, long revision, long now) {
    if (!leaving && !isCompared(revision)) {
      newer(revision, now);
      held.remove(link);
      pending.add(link, revision);
      undelivered.changed(link, revision);
    }
  }

  /** The membership's record was written. */
  void membershipChanged(long revision, long now) {
    if (!leaving && !isCompared(revision)) {
      newer(revision, now);
      membershipPending = true;
    }
  }

  /** Whether the comparison has seen it: told late, it would only be sent twice. */
  private boolean isCompared(long revision) {
    return revision != 0 && revision <= comparedRevision;
  }

  /** The edge is no member any more, or another device is under its name. */
  void leave() {
    leaving = true;
    membershipPending = false;
    pending.clear();
    held.clear();
  }

  /** Whether the edge is to leave the group and has nothing of it any more. */
  boolean hasLeft() {
    return leaving && edgeHasNothing && outstanding.isEmpty();
  }

  boolean isLeaving() {
    return leaving;
  }

  private void newer(long revision, long now) {
    seenRevision = Math.max(seenRevision, revision);
    if (pendingSince == 0) {
      pendingSince = now;
    }
    refusals.resume();
  }

  /** The next message, if there is something to say and nothing is unanswered. */
  Optional<Config> next(String nonce, long now) {
    if (outstanding.isPresent() || (refusals.isPaused() && !leaving)) {
      return Optional.empty();
    }
    if (leaving) {
      if (edgeHasNothing) {
        return Optional.empty();
      }
      long revision = Math.max(acknowledgedRevision, seenRevision);
      return Optional.of(send(Config.groupGone(group, nonce, revision), List.of(), now));
    }
    return hasNews() ? assemble(nonce, now) : Optional.empty();
  }

  private boolean hasNews() {
    return edgeHasNothing || membershipPending || pending.hasUpTo(seenRevision) || isBehind();
  }

  /** Everything is delivered but the revision: a link came and went while the edge was away. */
  private boolean isBehind() {
    return seenRevision > acknowledgedRevision && pending.isEmpty() && held.isEmpty();
  }

  private Optional<Config> assemble(String nonce, long now) {
    ConfigDraft draft = new ConfigDraft(refusals.itemLimit(), limits.maxConfigChars());
    if (edgeHasNothing && !addMembership(draft, now)) {
      return Optional.empty();
    }
    if (membershipPending && !edgeHasNothing) {
      addMembershipInTurn(draft, now);
    }
    if (!leftOut(draft)) {
      addLinks(draft, seenRevision, now);
    }
    boolean last = !pending.hasUpTo(seenRevision) && held.isEmpty() && !leftOut(draft);
    if (draft.items() == 0 && !(last && seenRevision > acknowledgedRevision)) {
      return Optional.empty();
    }
    long reached = last ? Math.max(seenRevision, draft.highestRevision()) : draft.highestRevision();
    Config config =
        new Config(
            group,
            nonce,
            Math.max(acknowledgedRevision, reached),
            edgeHasNothing,
            draft.membership(),
            draft.set(),
            draft.remove());
    return Optional.of(send(config, draft.taken(), now));
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
        lastError = Optional.of(error);
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
        lastError = Optional.of(error);
        held.put(entry.link(), entry.revision());
        refusals.later(now);
      }
    }
    return true;
  }

  private Config send(Config config, List<PendingLinks.Entry> links, long now) {
    undelivered.sent(links);
    outstanding =
        Optional.of(
            new Outstanding(
                config.nonce(),
                config.revision(),
                config.isGroupGone(),
                config.membership().isPresent(),
                List.copyOf(links),
                config.set().stream()
                    .collect(Collectors.toMap(LinkUpdate::link, LinkUpdate::revision)),
                pendingSince,
                now + limits.ackTimeout().toNanos()));
    if (config.membership().isPresent()) {
      membershipPending = false;
    }
    if (!pending.hasUpTo(seenRevision)) {
      pendingSince = 0;
    }
    return config;
  }

  /** The configuration with this nonce, if it is the one that waits for an answer. */
  Optional<Outstanding> answered(String nonce) {
    Optional<Outstanding> answered = outstanding.filter(sent -> sent.nonce().equals(nonce));
    if (answered.isPresent()) {
      outstanding = Optional.empty();
    }
    return answered;
  }

  /** The edge runs it. */
  void accepted(Outstanding sent, Map<LinkId, Long> sending) {
    keys.accepted(
        sent.links().stream().map(PendingLinks.Entry::link).toList(), sending, sent.set());
    undelivered.accepted();
    acknowledgedRevision = sent.revision();
    edgeHasNothing = sent.groupGone();
    refusals.accepted();
    if (held.isEmpty()) {
      refusals.settled();
      lastError = Optional.empty();
    }
  }

  /** The edge refuses it as a whole and stays as it was. */
  void refused(Outstanding sent, String error, long now) {
    lastError = Optional.of(error);
    undelivered.refused();
    if (leaving) {
      // An edge that refuses to leave is not asked again.
      edgeHasNothing |= sent.groupGone();
      return;
    }
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

  boolean isOverdue(long now) {
    return outstanding.filter(sent -> now - sent.deadline() >= 0).isPresent();
  }

  boolean isOutstanding() {
    return outstanding.isPresent();
  }

  /** The edge says how its tunnels are, and how far its links are with new keys. */
  void reported(Status status) {
    tunnels = status.tunnels();
    keys.reported(status.keyChanges());
  }

  /** The next step of links whose keys are changing. */
  Optional<ChangeOver> nextKeyStep(long now) {
    return leaving ? Optional.empty() : keys.next(now);
  }

  GroupReport report(boolean connected) {
    return new GroupReport(
        group, connected, acknowledgedRevision, lastError, tunnels, List.copyOf(unsettled()));
  }

  /**
   * Also the links that the acknowledged revision covers though the edge lacks a change of them.
   */
  private Collection<KeyChange> unsettled() {
    SortedMap<LinkId, KeyChange> unsettled = new TreeMap<>(keys.changing());
    undelivered
        .upTo(acknowledgedRevision)
        .forEach(link -> unsettled.putIfAbsent(link, KeyChange.undelivered(link)));
    return unsettled.values();
  }
}
