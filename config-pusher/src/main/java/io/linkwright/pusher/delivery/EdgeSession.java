package io.linkwright.pusher.delivery;

import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.PublicKey;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The server's side of one edge's connection, without any I/O: what came in and the time go in,
 * {@link Effect}s come out. Reads {@link DesiredConfiguration} for its own edge only.
 *
 * <p>Not thread-safe: its owner passes one input at a time. Times are {@link System#nanoTime()}.
 */
public final class EdgeSession {
  private final EdgeId edge;
  private final String challenge;
  private final DesiredConfiguration desired;
  private final DeliveryLimits limits;

  private final SortedMap<GroupId, GroupDelivery> deliveries = new TreeMap<>();

  /** Groups that may have something to send, the one that has waited longest first. */
  private final LinkedHashSet<GroupId> waiting = new LinkedHashSet<>();

  private Phase phase;
  private int outstanding;
  private long configsSent;
  private long refreshAt;

  private sealed interface Phase {
    record AwaitingHello(long deadline) implements Phase {}

    record Registering(PublicKey identity, Hello hello) implements Phase {}

    record CatchingUp(PublicKey identity, Hello hello, long deadline) implements Phase {}

    record Serving(PublicKey identity) implements Phase {}

    record Closed() implements Phase {}
  }

  /**
   * Begins with the challenge.
   *
   * @param challenge fresh and unguessable
   */
  public EdgeSession(
      EdgeId edge,
      String challenge,
      DesiredConfiguration desired,
      DeliveryLimits limits,
      long now) {
    this.edge = edge;
    this.challenge = challenge;
    this.desired = desired;
    this.limits = limits;
    this.phase = new Phase.AwaitingHello(now + limits.helloTimeout().toNanos());
  }

  /** The first message. */
  public Effect open() {
    return new Effect.Send(new Challenge(challenge));
  }

  /** The edge said something. */
  public List<Effect> received(EdgeMessage message, long now) {
    return switch (phase) {
      case Phase.AwaitingHello _ -> greeted(message);
      case Phase.Registering _, Phase.CatchingUp _ -> beforeServing(message);
      case Phase.Serving(PublicKey identity) -> served(message, identity, now);
      case Phase.Closed() -> List.of();
    };
  }

  private List<Effect> greeted(EdgeMessage message) {
    if (!(message instanceof Hello hello)) {
      return close(CloseReason.protocolError("hello expected first"));
    }
    Optional<PublicKey> identity =
        Identities.of(edge, desired).signer(challenge, hello.signature());
    if (identity.isEmpty()) {
      return close(CloseReason.UNAUTHORIZED);
    }
    phase = new Phase.Registering(identity.get(), hello);
    return List.of(new Effect.Proven());
  }

  /** An edge may report its tunnels before it is served; they are reported again soon enough. */
  private List<Effect> beforeServing(EdgeMessage message) {
    return message instanceof Status
        ? List.of()
        : close(CloseReason.protocolError("a configuration is answered that was not sent"));
  }

  /**
   * Changes of the edge are routed here from now on, so that one that comes after this is either
   * seen by the comparison or told to {@link #changed}.
   */
  public List<Effect> registered(long now) {
    if (!(phase instanceof Phase.Registering(PublicKey identity, Hello hello))) {
      return List.of();
    }
    if (knowsMoreThanStore(hello)) {
      phase = new Phase.CatchingUp(identity, hello, now + limits.helloTimeout().toNanos());
      return List.of(new Effect.AwaitCatchUp());
    }
    return serve(identity, hello, now);
  }

  /** The store holds all that the topic held when {@link Effect.AwaitCatchUp} was asked for. */
  public List<Effect> caughtUp(long now) {
    return phase instanceof Phase.CatchingUp(PublicKey identity, Hello hello, long _)
        ? serve(identity, hello, now)
        : List.of();
  }

  /**
   * The edge was served by a pusher that is ahead, or removals were forgotten by the topic. Which
   * of the two is known once the store has caught up.
   */
  private boolean knowsMoreThanStore(Hello hello) {
    return hello.have().entrySet().stream()
        .anyMatch(have -> have.getValue().revision() > desired.revision(edge, have.getKey()));
  }

  private List<Effect> serve(PublicKey identity, Hello hello, long now) {
    List<Effect> effects = new ArrayList<>();
    phase = new Phase.Serving(identity);
    refreshAt = now + limits.refreshInterval().toNanos();
    Set<GroupId> groups = new HashSet<>(desired.groups(edge));
    groups.addAll(hello.have().keySet());
    for (GroupId group : groups) {
      Optional<Have> have = Optional.ofNullable(hello.have().get(group));
      switch (standing(group, identity)) {
        case MEMBER -> {
          deliveries.put(group, GroupDelivery.toMember(edge, group, have, desired, limits));
          effects.add(new Effect.Report(deliveries.get(group).report(true)));
        }
        case STRANGER ->
            have.ifPresent(
                left ->
                    deliveries.put(
                        group, GroupDelivery.toLeaver(edge, group, left, desired, limits)));
        case UNKNOWN -> {
          // Neither served nor told to leave.
        }
      }
    }
    waiting.addAll(deliveries.keySet());
    advance(effects, now);
    return effects;
  }

  private enum Standing {
    MEMBER,
    STRANGER,
    /** The membership cannot be read: nothing is given to the edge, nothing is taken from it. */
    UNKNOWN
  }

  private Standing standing(GroupId group, PublicKey identity) {
    return switch (desired.membership(edge, group)) {
      case Lookup.Present<Membership>(Membership membership) ->
          membership.identity().equals(identity) ? Standing.MEMBER : Standing.STRANGER;
      case Lookup.Absent<Membership>() -> Standing.STRANGER;
      case Lookup.Unreadable<Membership> _ -> Standing.UNKNOWN;
    };
  }

  /** Records of this edge were written or removed. */
  public List<Effect> changed(Collection<Change> changes, long now) {
    if (!(phase instanceof Phase.Serving(PublicKey identity))) {
      // Before: the comparison will see them. After: nobody is there to be told.
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    for (Change change : changes) {
      EdgeConfigKey key = change.key();
      if (key.link().isEmpty()) {
        membershipChanged(key.group(), change.revision(), identity, effects, now);
      } else if (deliveries.containsKey(key.group())) {
        deliveries.get(key.group()).linkChanged(key.link().orElseThrow(), change.revision(), now);
      }
      waiting.add(key.group());
    }
    advance(effects, now);
    return effects;
  }

  private void membershipChanged(
      GroupId group, long revision, PublicKey identity, List<Effect> effects, long now) {
    GroupDelivery delivery = deliveries.get(group);
    switch (standing(group, identity)) {
      case MEMBER -> {
        if (delivery == null) {
          join(group, effects);
        } else {
          delivery.membershipChanged(revision, now);
        }
      }
      case STRANGER -> {
        if (delivery != null && !delivery.isLeaving()) {
          delivery.leave();
          effects.add(new Effect.Report(delivery.report(false)));
        }
      }
      case UNKNOWN -> {
        // The edge keeps the membership it has; its links go on.
      }
    }
  }

  private void join(GroupId group, List<Effect> effects) {
    GroupDelivery delivery = GroupDelivery.toMember(edge, group, Optional.empty(), desired, limits);
    deliveries.put(group, delivery);
    waiting.add(group);
    effects.add(new Effect.Report(delivery.report(true)));
  }

  private List<Effect> served(EdgeMessage message, PublicKey identity, long now) {
    return switch (message) {
      case Hello _ -> close(CloseReason.protocolError("hello came twice"));
      case Ack ack -> accepted(ack, identity, now);
      case Nack nack -> refused(nack, identity, now);
      case Status status -> reported(status);
    };
  }

  private List<Effect> accepted(Ack ack, PublicKey identity, long now) {
    GroupDelivery delivery = deliveries.get(ack.group());
    Optional<Outstanding> answered = answered(delivery, ack.nonce());
    if (answered.isEmpty()) {
      return List.of();
    }
    Outstanding sent = answered.get();
    if (sent.revision() != ack.revision()) {
      return close(
          CloseReason.protocolError(
              "revision %d is acknowledged, %d was sent"
                  .formatted(ack.revision(), sent.revision())));
    }
    delivery.accepted(sent);
    long elapsedNanos = sent.changedAt() == 0 ? 0 : now - sent.changedAt();
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Accepted(ack.group(), sent.links().size(), elapsedNanos));
    goOn(delivery, ack.group(), identity, effects, now);
    return effects;
  }

  private List<Effect> refused(Nack nack, PublicKey identity, long now) {
    GroupDelivery delivery = deliveries.get(nack.group());
    Optional<Outstanding> answered = answered(delivery, nack.nonce());
    if (answered.isEmpty()) {
      return List.of();
    }
    delivery.refused(answered.get(), nack.error(), now);
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Refused(nack.group(), nack.error()));
    goOn(delivery, nack.group(), identity, effects, now);
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

  private void goOn(
      GroupDelivery delivery, GroupId group, PublicKey identity, List<Effect> effects, long now) {
    effects.add(new Effect.Report(delivery.report(!delivery.isLeaving())));
    waiting.add(group);
    if (delivery.hasLeft()) {
      deliveries.remove(group);
      if (standing(group, identity) == Standing.MEMBER) {
        join(group, effects);
      }
    }
    advance(effects, now);
  }

  private List<Effect> reported(Status status) {
    GroupDelivery delivery = deliveries.get(status.group());
    if (delivery == null || delivery.isLeaving()) {
      return List.of();
    }
    delivery.tunnels(status.tunnels());
    return List.of(new Effect.Report(delivery.report(true)));
  }

  /** Time passes. */
  public List<Effect> tick(long now) {
    return switch (phase) {
      case Phase.AwaitingHello(long deadline) ->
          now - deadline >= 0 ? close(CloseReason.NO_HELLO) : List.of();
      case Phase.CatchingUp(PublicKey _, Hello _, long deadline) ->
          now - deadline >= 0 ? close(CloseReason.NOT_READY) : List.of();
      case Phase.Serving _ -> serveOn(now);
      case Phase.Registering _, Phase.Closed _ -> List.of();
    };
  }

  private List<Effect> serveOn(long now) {
    List<Effect> effects = new ArrayList<>();
    for (GroupDelivery delivery : deliveries.values()) {
      if (delivery.isOverdue(now)) {
        return close(CloseReason.NO_ANSWER);
      }
      delivery.retryIfDue(now);
    }
    if (now - refreshAt >= 0) {
      refreshAt = now + limits.refreshInterval().toNanos();
      report(effects, true);
    }
    waiting.addAll(deliveries.keySet());
    advance(effects, now);
    return effects;
  }

  /** The connection is gone, whoever ended it; the reports that follow. */
  public List<Effect> disconnected() {
    List<Effect> effects = new ArrayList<>();
    report(effects, false);
    phase = new Phase.Closed();
    deliveries.clear();
    waiting.clear();
    return effects;
  }

  /** Whether a configuration waits for an answer in any group. */
  public int outstanding() {
    return outstanding;
  }

  private void report(List<Effect> effects, boolean connected) {
    for (GroupDelivery delivery : deliveries.values()) {
      if (!delivery.isLeaving()) {
        effects.add(new Effect.Report(delivery.report(connected)));
      }
    }
  }

  /** Sends what there is to send, as far as the bound on unanswered messages allows. */
  private void advance(List<Effect> effects, long now) {
    ArrayDeque<GroupId> turns = new ArrayDeque<>(waiting);
    while (outstanding < limits.maxOutstanding() && !turns.isEmpty()) {
      GroupId group = turns.poll();
      waiting.remove(group);
      GroupDelivery delivery = deliveries.get(group);
      if (delivery == null) {
        continue;
      }
      if (delivery.hasLeft()) {
        deliveries.remove(group);
        continue;
      }
      Optional<Config> config = delivery.next(Long.toString(configsSent + 1), now);
      if (config.isPresent()) {
        configsSent++;
        outstanding++;
        effects.add(new Effect.Send(config.get()));
      }
    }
    if (deliveries.isEmpty()) {
      effects.addAll(close(CloseReason.UNAUTHORIZED));
    }
  }

  private List<Effect> close(CloseReason reason) {
    phase = phase instanceof Phase.Serving ? phase : new Phase.Closed();
    return List.of(new Effect.Close(reason));
  }
}
