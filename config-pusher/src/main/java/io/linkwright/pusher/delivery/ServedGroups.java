package io.linkwright.pusher.delivery;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The groups that one proven edge is served in: those whose membership has the identity it proved,
 * and those it is yet to leave. Bounds what is unanswered over all of them. Not thread-safe.
 */
final class ServedGroups {
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final EdgeId edge;
  private final PublicKey identity;
  private final Sources sources;
  private final DesiredConfiguration desired;
  private final DeliveryLimits limits;

  private final SortedMap<GroupId, GroupDelivery> deliveries = new TreeMap<>();

  /** Groups that may have something to send, the one that has waited longest first. */
  private final LinkedHashSet<GroupId> waiting = new LinkedHashSet<>();

  /** Empty while the edge is a member of anything. */
  private OptionalLong leaveBy = NEVER;

  private int outstanding;
  private long configsSent;
  private long refreshAt;

  private enum Standing {
    MEMBER,
    STRANGER,
    /** The membership cannot be read: nothing is given to the edge, nothing is taken from it. */
    UNKNOWN
  }

  ServedGroups(EdgeId edge, PublicKey identity, Sources sources, DeliveryLimits limits) {
    this.edge = edge;
    this.identity = identity;
    this.sources = sources;
    this.desired = sources.desired();
    this.limits = limits;
  }

  /** Compares what the edge has with what it should have. */
  List<Effect> begin(Hello hello, long now) {
    List<Effect> effects = new ArrayList<>();
    refreshAt = now + limits.refreshInterval().toNanos();
    Set<GroupId> groups = new HashSet<>(desired.groups(edge));
    groups.addAll(hello.have().keySet());
    for (GroupId group : groups) {
      Optional<Have> have = Optional.ofNullable(hello.have().get(group));
      switch (standing(group)) {
        case MEMBER -> join(group, have, effects);
        case STRANGER ->
            have.ifPresent(
                left ->
                    deliveries.put(
                        group, GroupDelivery.toLeaver(edge, group, left, sources, limits)));
        case UNKNOWN -> {
          // Neither served nor told to leave.
        }
      }
    }
    waiting.addAll(deliveries.keySet());
    advance(effects, now);
    return effects;
  }

  private Standing standing(GroupId group) {
    return switch (desired.membership(edge, group)) {
      case Lookup.Present<Membership>(Membership membership) ->
          membership.identity().equals(identity) ? Standing.MEMBER : Standing.STRANGER;
      case Lookup.Absent<Membership>() -> Standing.STRANGER;
      case Lookup.Unreadable<Membership> _ -> Standing.UNKNOWN;
    };
  }

  private void join(GroupId group, Optional<Have> have, List<Effect> effects) {
    GroupDelivery delivery = GroupDelivery.toMember(edge, group, have, sources, limits);
    deliveries.put(group, delivery);
    effects.add(new Effect.Report(delivery.opening()));
  }

  List<Effect> changed(Collection<Change> changes, long now) {
    List<Effect> effects = new ArrayList<>();
    for (Change change : changes) {
      EdgeConfigKey key = change.key();
      if (key.link().isEmpty()) {
        membershipChanged(key.group(), change.revision(), effects, now);
      } else if (deliveries.containsKey(key.group())) {
        deliveries.get(key.group()).linkChanged(change, now);
      }
      waiting.add(key.group());
    }
    advance(effects, now);
    return effects;
  }

  private void membershipChanged(GroupId group, long revision, List<Effect> effects, long now) {
    GroupDelivery delivery = deliveries.get(group);
    switch (standing(group)) {
      case MEMBER -> {
        if (delivery == null) {
          join(group, Optional.empty(), effects);
        } else {
          delivery.membershipChanged(revision, now);
        }
      }
      case STRANGER -> {
        if (delivery != null && !delivery.isLeaving()) {
          delivery.leave();
          effects.add(new Effect.Report(delivery.lastReport()));
        }
      }
      case UNKNOWN -> {
        // The edge keeps the membership it has; its links go on.
      }
    }
  }

  List<Effect> accepted(Ack ack, long now) {
    GroupDelivery delivery = deliveries.get(ack.group());
    Optional<Outstanding> answered = answered(delivery, ack.nonce());
    if (answered.isEmpty()) {
      return List.of();
    }
    Outstanding sent = answered.get();
    if (sent.revision() != ack.revision()) {
      return List.of(
          new Effect.Close(
              CloseReason.protocolError(
                  "revision %d is acknowledged, %d was sent"
                      .formatted(ack.revision(), sent.revision()))));
    }
    delivery.accepted(sent, ack.sending());
    long elapsedNanos = sent.changedAt() == 0 ? 0 : now - sent.changedAt();
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Accepted(ack.group(), sent.links().size(), elapsedNanos));
    goOn(delivery, ack.group(), effects, now);
    return effects;
  }

  List<Effect> refused(Nack nack, long now) {
    GroupDelivery delivery = deliveries.get(nack.group());
    Optional<Outstanding> answered = answered(delivery, nack.nonce());
    if (answered.isEmpty()) {
      return List.of();
    }
    delivery.refused(answered.get(), nack.error(), now);
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Refused(nack.group(), nack.error()));
    goOn(delivery, nack.group(), effects, now);
    return effects;
  }

  /** Empty for an answer to anything but what is out now: it is stale. */
  private Optional<Outstanding> answered(GroupDelivery delivery, String nonce) {
    Optional<Outstanding> answered = delivery == null ? Optional.empty() : delivery.answered(nonce);
    if (answered.isPresent()) {
      outstanding--;
    }
    return answered;
  }

  private void goOn(GroupDelivery delivery, GroupId group, List<Effect> effects, long now) {
    effects.add(
        new Effect.Report(delivery.isLeaving() ? delivery.lastReport() : delivery.report()));
    waiting.add(group);
    advance(effects, now);
  }

  List<Effect> reported(Status status, long now) {
    GroupDelivery delivery = deliveries.get(status.group());
    if (delivery == null || delivery.isLeaving()) {
      return List.of();
    }
    delivery.reported(status);
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Report(delivery.report()));
    changeKeys(delivery, effects, now);
    return effects;
  }

  private static void changeKeys(GroupDelivery delivery, List<Effect> effects, long now) {
    delivery.nextKeyStep(now).ifPresent(step -> effects.add(new Effect.Send(step)));
  }

  List<Effect> tick(long now) {
    List<Effect> effects = new ArrayList<>();
    for (GroupDelivery delivery : deliveries.values()) {
      if (delivery.isOverdue(now)) {
        return List.of(new Effect.Close(CloseReason.NO_ANSWER));
      }
      delivery.retryIfDue(now);
      changeKeys(delivery, effects, now);
    }
    if (leaveBy.isPresent() && now - leaveBy.getAsLong() >= 0) {
      return List.of(new Effect.Close(CloseReason.NO_MEMBERSHIP));
    }
    if (now - refreshAt >= 0) {
      refreshAt = now + limits.refreshInterval().toNanos();
      effects.addAll(reports(GroupDelivery::report));
    }
    waiting.addAll(deliveries.keySet());
    advance(effects, now);
    return effects;
  }

  int outstanding() {
    return outstanding;
  }

  /** The connection is gone. */
  List<Effect> lastReports() {
    return reports(GroupDelivery::lastReport);
  }

  private List<Effect> reports(Function<GroupDelivery, GroupReport> report) {
    return deliveries.values().stream()
        .filter(delivery -> !delivery.isLeaving())
        .<Effect>map(delivery -> new Effect.Report(report.apply(delivery)))
        .toList();
  }

  /** Sends what there is to send, as far as the bound on unanswered messages allows. */
  private void advance(List<Effect> effects, long now) {
    ArrayDeque<GroupId> turns = new ArrayDeque<>(waiting);
    while (outstanding < limits.maxOutstanding() && !turns.isEmpty()) {
      GroupId group = turns.poll();
      waiting.remove(group);
      forgetIfLeft(group, effects);
      if (deliveries.containsKey(group)) {
        send(deliveries.get(group), effects, now);
      }
    }
    boolean leaves = deliveries.values().stream().allMatch(GroupDelivery::isLeaving);
    leaveBy = leaves ? OptionalLong.of(leaveBy.orElse(now + LeavingEdge.LIMIT.toNanos())) : NEVER;
    if (deliveries.isEmpty()) {
      effects.add(new Effect.Close(CloseReason.NO_MEMBERSHIP));
    }
  }

  /** An edge that has left may have become a member again meanwhile: it begins with nothing. */
  private void forgetIfLeft(GroupId group, List<Effect> effects) {
    if (deliveries.containsKey(group) && deliveries.get(group).hasLeft()) {
      deliveries.remove(group);
      if (standing(group) == Standing.MEMBER) {
        join(group, Optional.empty(), effects);
      }
    }
  }

  private void send(GroupDelivery delivery, List<Effect> effects, long now) {
    Optional<Config> config = delivery.next(Long.toString(configsSent + 1), now);
    if (config.isPresent()) {
      configsSent++;
      outstanding++;
      effects.add(new Effect.Send(config.get()));
    }
  }
}
