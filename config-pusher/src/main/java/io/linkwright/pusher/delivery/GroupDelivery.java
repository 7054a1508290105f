package io.linkwright.pusher.delivery;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings one edge to its desired configuration in one group: one message at a time, the rest
 * remembered as a set of link ids.
 *
 * <p>Messages go in ascending order of revision, and each claims the revision it really brings the
 * edge to: the highest of what is in it while more is to follow, and the highest that concerned the
 * edge with the last one.
 *
 * <p>{@code complete} is set when the edge has nothing of the group, where it cannot tear anything
 * down; an edge that has something is told what to remove link by link, since its hello said what
 * it has. Not thread-safe.
 */
final class GroupDelivery {
  private final GroupId group;
  private final DeliveryLimits limits;
  private final Backlog backlog;
  private final LinkKeyChanges keys;

  private Optional<Outstanding> outstanding = Optional.empty();
  private Leaving leaving = Leaving.NO;
  private long acknowledgedRevision;
  private Optional<String> lastError = Optional.empty();
  private List<TunnelStatus> tunnels = List.of();
  private List<LinkProblem> problems = List.of();

  private enum Leaving {
    NO,
    /** Has something of the group. */
    TO_LEAVE,
    /** Has nothing of it, or refuses to give it up. */
    DONE
  }

  private GroupDelivery(EdgeId edge, GroupId group, Sources sources, DeliveryLimits limits) {
    this.group = group;
    this.limits = limits;
    this.backlog = new Backlog(edge, group, sources.desired(), limits);
    this.keys = new LinkKeyChanges(edge, group, sources.peers(), limits);
  }

  /** To a member that has this, or nothing. Compares it with what the edge should have. */
  static GroupDelivery toMember(
      EdgeId edge, GroupId group, Optional<Have> have, Sources sources, DeliveryLimits limits) {
    GroupDelivery delivery = new GroupDelivery(edge, group, sources, limits);
    delivery.acknowledgedRevision = have.map(Have::revision).orElse(0L);
    delivery.backlog.compare(have);
    have.ifPresent(has -> delivery.keys.begin(has, delivery.backlog::isOwn));
    return delivery;
  }

  /** To an edge that has something of a group it is no member of. */
  static GroupDelivery toLeaver(
      EdgeId edge, GroupId group, Have have, Sources sources, DeliveryLimits limits) {
    GroupDelivery delivery = new GroupDelivery(edge, group, sources, limits);
    delivery.acknowledgedRevision = have.revision();
    delivery.leave();
    return delivery;
  }

  /** A link's record was written or removed. */
  void linkChanged(Change change, long now) {
    if (!isLeaving()) {
      backlog.linkChanged(change, now);
    }
  }

  /** The membership's record was written. */
  void membershipChanged(long revision, long now) {
    if (!isLeaving()) {
      backlog.membershipChanged(revision, now);
    }
  }

  /** The edge is no member any more, or another device is under its name. */
  void leave() {
    leaving = backlog.edgeHasNothing() ? Leaving.DONE : Leaving.TO_LEAVE;
    backlog.abandon();
  }

  /** Whether the edge is to leave the group and has nothing of it any more. */
  boolean hasLeft() {
    return leaving == Leaving.DONE && outstanding.isEmpty();
  }

  boolean isLeaving() {
    return leaving != Leaving.NO;
  }

  /** The next message, if there is something to say and nothing is unanswered. */
  Optional<Config> next(String nonce, long now) {
    if (outstanding.isPresent()) {
      return Optional.empty();
    }
    return switch (leaving) {
      case NO -> backlog.hasNews(acknowledgedRevision) ? assemble(nonce, now) : Optional.empty();
      case TO_LEAVE -> {
        long revision = Math.max(acknowledgedRevision, backlog.seenRevision());
        Config goodbye = Config.groupGone(group, nonce, revision);
        outstanding = Optional.of(outstanding(goodbye, List.of(), now));
        yield Optional.of(goodbye);
      }
      case DONE -> Optional.empty();
    };
  }

  private Optional<Config> assemble(String nonce, long now) {
    Optional<ConfigDraft> taken = backlog.take(now);
    lastError = backlog.trouble().or(() -> lastError);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    ConfigDraft draft = taken.get();
    boolean last = backlog.isLast(draft);
    long seen = backlog.seenRevision();
    if (draft.items() == 0 && !(last && seen > acknowledgedRevision)) {
      return Optional.empty();
    }
    long reached = last ? Math.max(seen, draft.highestRevision()) : draft.highestRevision();
    Config config =
        new Config(
            group,
            nonce,
            Math.max(acknowledgedRevision, reached),
            backlog.edgeHasNothing(),
            draft.membership(),
            draft.set(),
            draft.remove());
    outstanding = Optional.of(outstanding(config, draft.taken(), now));
    backlog.sent(draft);
    return Optional.of(config);
  }

  private Outstanding outstanding(Config config, List<PendingLinks.Entry> links, long now) {
    return new Outstanding(
        config.nonce(),
        config.revision(),
        config.isGroupGone(),
        config.membership().isPresent(),
        List.copyOf(links),
        config.set().stream().collect(toMap(LinkUpdate::link, LinkUpdate::revision)),
        backlog.pendingSince(),
        now + limits.ackTimeout().toNanos());
  }

  /** The configuration with this nonce, if it is the one that waits for an answer. */
  Optional<Outstanding> answered(String nonce) {
    Optional<Outstanding> answered = outstanding.filter(sent -> sent.nonce().equals(nonce));
    if (answered.isPresent()) {
      outstanding = Optional.empty();
    }
    return answered;
  }

  /** The edge runs it, and sends with former keys of these links. */
  void accepted(Outstanding sent, Map<LinkId, Long> sending) {
    keys.accepted(
        sent.links().stream().map(PendingLinks.Entry::link).toList(), sending, sent.set());
    acknowledgedRevision = sent.revision();
    boolean nothingHeld = backlog.accepted();
    if (nothingHeld) {
      lastError = Optional.empty();
    }
    if (isLeaving()) {
      leaving = sent.groupGone() ? Leaving.DONE : Leaving.TO_LEAVE;
    }
  }

  /** The edge refuses it as a whole and stays as it was. */
  void refused(Outstanding sent, String error, long now) {
    lastError = Optional.of(error);
    if (!isLeaving()) {
      backlog.refused(sent, now);
    } else if (sent.groupGone()) {
      // An edge that refuses to leave is not asked again.
      leaving = Leaving.DONE;
    }
  }

  /** Tries again what was held back, if it is time. */
  void retryIfDue(long now) {
    backlog.retryIfDue(now);
  }

  boolean isOverdue(long now) {
    return outstanding.filter(sent -> now - sent.deadline() >= 0).isPresent();
  }

  /** The edge says how its tunnels are, and how far its links are with new keys. */
  void reported(Status status) {
    List<TunnelStatus> own =
        status.tunnels().stream().filter(tunnel -> backlog.isOwn(tunnel.link())).toList();
    tunnels = keepingEqual(tunnels, own);
    problems = status.problems();
    keys.reported(
        status.keyChanges().stream().filter(change -> backlog.isOwn(change.link())).toList());
  }

  /**
   * Most tunnels are as they were. What was known of those is kept, and what was read dies young:
   * the reports of many edges would else be most of what a collection has to copy.
   */
  private static List<TunnelStatus> keepingEqual(
      List<TunnelStatus> known, List<TunnelStatus> reported) {
    Map<TunnelStatus, TunnelStatus> former =
        known.stream().collect(toMap(identity(), identity(), (one, _) -> one));
    return reported.stream().map(tunnel -> former.getOrDefault(tunnel, tunnel)).toList();
  }

  /** The next step of links whose keys are changing. */
  Optional<ChangeOver> nextKeyStep(long now) {
    return isLeaving() ? Optional.empty() : keys.next(now);
  }

  /** What is known now, while the edge is connected. */
  GroupReport report() {
    return report(false, true);
  }

  /** The same as the first word on this connection. */
  GroupReport opening() {
    return report(true, true);
  }

  /** The same as the last word on this connection. */
  GroupReport lastReport() {
    return report(false, false);
  }

  private GroupReport report(boolean opens, boolean connected) {
    return new GroupReport(
        group,
        opens,
        connected,
        acknowledgedRevision,
        lastError.or(this::problemsInWords),
        tunnels,
        List.copyOf(unsettled()));
  }

  private Optional<String> problemsInWords() {
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(problems.stream().map(LinkProblem::toString).collect(joining("; ")));
  }

  /**
   * Also the links that the acknowledged revision covers though the edge lacks a change of them.
   */
  private Collection<KeyChange> unsettled() {
    SortedMap<LinkId, KeyChange> unsettled = new TreeMap<>(keys.changing());
    backlog.undeliveredUpTo(acknowledgedRevision).stream()
        .filter(backlog::isOwn)
        .forEach(link -> unsettled.putIfAbsent(link, KeyChange.undelivered(link)));
    return unsettled.values();
  }
}
