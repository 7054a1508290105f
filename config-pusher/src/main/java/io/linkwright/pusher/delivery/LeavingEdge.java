package io.linkwright.pusher.delivery;

import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The last words to a device that was a member and is none any more: to drop the groups it was in,
 * and goodbye. It hears nothing of what became of them. Not thread-safe.
 */
final class LeavingEdge {
  /** For the device to answer; it need not play along. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private final CloseReason reason;
  private final long deadline;
  private final Set<String> unanswered = new HashSet<>();

  private LeavingEdge(CloseReason reason, long deadline) {
    this.reason = reason;
    this.deadline = deadline;
  }

  static LeavingEdge to(FormerMembership any, long now) {
    return new LeavingEdge(CloseReason.removed(any.group(), any.revision()), now + LIMIT.toNanos());
  }

  /** Only groups that the device has and was a member of: of others it may not be told. */
  List<Effect> begin(List<FormerMembership> memberships, Hello hello) {
    List<Effect> effects = new ArrayList<>();
    for (FormerMembership membership : memberships) {
      Have have = hello.have().get(membership.group());
      if (have != null) {
        String nonce = Integer.toString(unanswered.size() + 1);
        unanswered.add(nonce);
        long revision = Math.max(have.revision(), membership.revision());
        effects.add(new Effect.Send(Config.groupGone(membership.group(), nonce, revision)));
      }
    }
    effects.addAll(closeIfDone());
    return effects;
  }

  /** Accepted or refused: the device has heard it. */
  List<Effect> answered(String nonce) {
    return unanswered.remove(nonce) ? closeIfDone() : List.of();
  }

  List<Effect> tick(long now) {
    return now - deadline >= 0 ? List.of(new Effect.Close(reason)) : List.of();
  }

  private List<Effect> closeIfDone() {
    return unanswered.isEmpty() ? List.of(new Effect.Close(reason)) : List.of();
  }
}
