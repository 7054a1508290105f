package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.ServerMessage;

/** What a session asks its owner to do, in this order. */
public sealed interface Effect {

  /** Send a message; it must not wait for the edge. */
  record Send(ServerMessage message) implements Effect {}

  /**
   * The edge has proved itself. The owner routes the edge's changes to this session, ends an older
   * session of the edge, and calls {@link EdgeSession#registered(long)}.
   */
  record Proven() implements Effect {}

  /**
   * The edge knows more than the store. The owner calls {@link EdgeSession#caughtUp(long)} once the
   * store holds all that the topic holds now.
   */
  record AwaitCatchUp() implements Effect {}

  /** Write down what is known of the edge in a group. */
  record Report(GroupReport report) implements Effect {}

  /**
   * The edge accepted a configuration.
   *
   * @param links set and removed
   * @param elapsedNanos since the session was told of the first change in it; 0 for what the edge
   *     lacked when it connected
   */
  record Accepted(GroupId group, int links, long elapsedNanos) implements Effect {}

  /** The edge refused a configuration. */
  record Refused(GroupId group, String error) implements Effect {}

  /** Close the connection; nothing follows. */
  record Close(CloseReason reason) implements Effect {}
}
