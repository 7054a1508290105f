package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The server's side of one edge's connection, without any I/O: what came in and the time go in,
 * {@link Effect}s come out. Reads {@link DesiredConfiguration} for its own edge only, and of {@link
 * PeerStatuses} the other ends of its links.
 *
 * <p>Not thread-safe: its owner passes one input at a time. Times are {@link System#nanoTime()}.
 */
public final class EdgeSession {
  private final EdgeId edge;
  private final String challenge;
  private final DesiredConfiguration desired;
  private final Sources sources;
  private final DeliveryLimits limits;

  private Phase phase;

  private sealed interface Phase {
    record AwaitingHello(long deadline) implements Phase {}

    record Registering(PublicKey identity, Hello hello) implements Phase {}

    record CatchingUp(PublicKey identity, Hello hello, long deadline) implements Phase {}

    record Serving(ServedGroups groups) implements Phase {}

    /** To a device that was a member; it is not the edge, so the edge's connection stays. */
    record Leaving(LeavingEdge farewell) implements Phase {}

    record Closed() implements Phase {}
  }

  /**
   * Begins with the challenge.
   *
   * @param challenge fresh and unguessable
   */
  public EdgeSession(
      EdgeId edge, String challenge, Sources sources, DeliveryLimits limits, long now) {
    this.edge = edge;
    this.challenge = challenge;
    this.sources = sources;
    this.desired = sources.desired();
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
      case Phase.AwaitingHello _ -> greeted(message, now);
      case Phase.Registering _, Phase.CatchingUp _ -> beforeServing(message);
      case Phase.Serving(ServedGroups groups) -> served(message, groups, now);
      case Phase.Leaving(LeavingEdge farewell) -> left(message, farewell);
      case Phase.Closed() -> List.of();
    };
  }

  private List<Effect> greeted(EdgeMessage message, long now) {
    if (!(message instanceof Hello hello)) {
      return close(CloseReason.protocolError("hello expected first"));
    }
    Identities known = Identities.of(edge, desired);
    Optional<PublicKey> identity = known.signer(challenge, hello.signature());
    if (identity.isEmpty()) {
      return close(CloseReason.UNAUTHORIZED);
    }
    if (known.former().contains(identity.get())) {
      return sayFarewell(identity.get(), hello, now);
    }
    phase = new Phase.Registering(identity.get(), hello);
    return List.of(new Effect.Proven());
  }

  private List<Effect> sayFarewell(PublicKey identity, Hello hello, long now) {
    List<FormerMembership> memberships =
        desired.formerMemberships(edge).stream()
            .filter(membership -> membership.identity().equals(identity))
            .toList();
    if (memberships.isEmpty()) {
      return close(CloseReason.UNAUTHORIZED);
    }
    if (memberships.stream().anyMatch(membership -> isAhead(hello, membership))) {
      return close(CloseReason.NOT_READY);
    }
    LeavingEdge farewell = LeavingEdge.to(memberships.getFirst(), now);
    phase = new Phase.Leaving(farewell);
    return farewell.begin(memberships, hello);
  }

  /** It has become a member again, and this store has not read so yet. */
  private static boolean isAhead(Hello hello, FormerMembership membership) {
    Have have = hello.have().get(membership.group());
    return have != null && have.revision() > membership.revision();
  }

  private List<Effect> left(EdgeMessage message, LeavingEdge farewell) {
    return switch (message) {
      case Ack ack -> farewell.answered(ack.nonce());
      case Nack nack -> farewell.answered(nack.nonce());
      case Status _ -> List.of();
      case Hello _ -> close(CloseReason.protocolError("hello came twice"));
    };
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
    ServedGroups groups = new ServedGroups(edge, identity, sources, limits);
    phase = new Phase.Serving(groups);
    return groups.begin(hello, now);
  }

  /** Records of this edge were written or removed. */
  public List<Effect> changed(Collection<Change> changes, long now) {
    // Before it is served, the comparison will see them; after, nobody is there to be told.
    return phase instanceof Phase.Serving(ServedGroups groups)
        ? groups.changed(changes, now)
        : List.of();
  }

  private List<Effect> served(EdgeMessage message, ServedGroups groups, long now) {
    return switch (message) {
      case Hello _ -> close(CloseReason.protocolError("hello came twice"));
      case Ack ack -> groups.accepted(ack, now);
      case Nack nack -> groups.refused(nack, now);
      case Status status -> groups.reported(status, now);
    };
  }

  /** Time passes. */
  public List<Effect> tick(long now) {
    return switch (phase) {
      case Phase.AwaitingHello(long deadline) ->
          now - deadline >= 0 ? close(CloseReason.NO_HELLO) : List.of();
      case Phase.CatchingUp(PublicKey _, Hello _, long deadline) ->
          now - deadline >= 0 ? close(CloseReason.NOT_READY) : List.of();
      case Phase.Serving(ServedGroups groups) -> groups.tick(now);
      case Phase.Leaving(LeavingEdge farewell) -> farewell.tick(now);
      case Phase.Registering _, Phase.Closed _ -> List.of();
    };
  }

  /** The connection is gone, whoever ended it; the reports that follow. */
  public List<Effect> disconnected() {
    List<Effect> last =
        phase instanceof Phase.Serving(ServedGroups groups) ? groups.lastReports() : List.of();
    phase = new Phase.Closed();
    return last;
  }

  /** Configurations that wait for an answer, over all groups. */
  public int outstanding() {
    return phase instanceof Phase.Serving(ServedGroups groups) ? groups.outstanding() : 0;
  }

  /** The last reports are still to come if the edge was served. */
  private List<Effect> close(CloseReason reason) {
    phase = phase instanceof Phase.Serving ? phase : new Phase.Closed();
    return List.of(new Effect.Close(reason));
  }
}
