package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A session and its edge with a lossless, ordered, arbitrarily slow wire between them. */
final class SimulatedConnection {
  private final SimulatedEdge edge;
  private final SimulatedPusher pusher;
  private final DeliveryLimits limits;
  private final EdgeSession session;
  private final int number;

  private final Deque<ServerMessage> toEdge = new ArrayDeque<>();
  private final Deque<EdgeMessage> toPusher = new ArrayDeque<>();
  private final Set<GroupId> unanswered = new HashSet<>();
  private Optional<CloseReason> closed = Optional.empty();
  private boolean awaitsCatchUp;

  SimulatedConnection(
      SimulatedEdge edge, SimulatedPusher pusher, DeliveryLimits limits, long now, int number) {
    this.edge = edge;
    this.pusher = pusher;
    this.limits = limits;
    this.number = number;
    this.session =
        new EdgeSession(
            edge.id(),
            "challenge-of-connection-%06d".formatted(number),
            new Sources(pusher.store(), pusher.peers()),
            limits,
            now);
    perform(List.of(session.open()), now);
  }

  SimulatedEdge edge() {
    return edge;
  }

  SimulatedPusher pusher() {
    return pusher;
  }

  Optional<CloseReason> closed() {
    return closed;
  }

  boolean isIdle() {
    return toEdge.isEmpty() && toPusher.isEmpty() && unanswered.isEmpty();
  }

  boolean awaitsCatchUp() {
    return awaitsCatchUp;
  }

  /** What the edge applied last, to check what it claims. */
  Optional<Config> edgeReads() {
    ServerMessage message = toEdge.poll();
    return switch (message) {
      case null -> Optional.empty();
      case ServerMessage.Challenge(String nonce) -> {
        toPusher.add(edge.hello(nonce));
        yield Optional.empty();
      }
      case Config config -> {
        EdgeMessage answer = edge.receive(config);
        toPusher.add(answer);
        yield answer instanceof EdgeMessage.Ack ? Optional.of(config) : Optional.empty();
      }
      case ServerMessage.ChangeOver step -> {
        toPusher.add(edge.receive(step));
        yield Optional.empty();
      }
    };
  }

  /** The wire is gone; the pusher notices. */
  void disconnected(long now) {
    perform(session.disconnected(), now);
  }

  void pusherReads(long now) {
    EdgeMessage message = toPusher.poll();
    if (message == null) {
      return;
    }
    if (message instanceof EdgeMessage.Ack ack) {
      unanswered.remove(ack.group());
    } else if (message instanceof EdgeMessage.Nack nack) {
      unanswered.remove(nack.group());
    }
    perform(session.received(message, now), now);
  }

  void changed(List<Change> changes, long now) {
    perform(session.changed(changes, now), now);
  }

  void caughtUp(long now) {
    awaitsCatchUp = false;
    perform(session.caughtUp(now), now);
  }

  void tick(long now) {
    perform(session.tick(now), now);
  }

  private void perform(List<Effect> effects, long now) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send(ServerMessage message) -> send(message);
        case Effect.Proven() -> perform(session.registered(now), now);
        case Effect.AwaitCatchUp() -> awaitsCatchUp = true;
        case Effect.Close(CloseReason reason) -> closed = Optional.of(reason);
        case Effect.Report(GroupReport report) -> pusher.peers().report(edge.id(), number, report);
        case Effect.Accepted _, Effect.Refused _ -> {}
      }
    }
  }

  private void send(ServerMessage message) {
    assertThat(closed).isEmpty();
    if (message instanceof Config config) {
      assertThat(unanswered.add(config.group()))
          .as("one outstanding configuration of %s", config.group())
          .isTrue();
      assertThat(unanswered).hasSizeLessThanOrEqualTo(limits.maxOutstanding());
      int items = config.set().size() + config.remove().size();
      assertThat(items).isLessThanOrEqualTo(limits.maxLinksPerConfig());
      if (items > 1) {
        assertThat(EdgeMessages.write(config).length())
            .isLessThanOrEqualTo(limits.maxConfigChars());
      }
    }
    toEdge.add(message);
  }
}
