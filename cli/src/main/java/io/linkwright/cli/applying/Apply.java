package io.linkwright.cli.applying;

import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.cli.group.GroupReader;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Makes groups what a file says: all plans first, then, once they have been shown, one after the
 * other. Where the group has changed meanwhile it is looked at again, and work goes on only if what
 * is left was in the plan that was shown. Used by one thread.
 */
public final class Apply {
  /** Looks that find as much left as the one before, as while others change the group. */
  private static final int MAX_IDLE_ROUNDS = 10;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /**
   * Refusals that somebody else can be the cause of: the group may not be any more what the plan
   * was made for. Whether it is not, a look at the group tells.
   */
  private static final Set<RejectionCode> PERHAPS_OVERTAKEN =
      Set.of(
          RejectionCode.REVISION_MISMATCH,
          RejectionCode.GROUP_EXISTS,
          RejectionCode.UNKNOWN_GROUP,
          RejectionCode.MEMBER_EXISTS,
          RejectionCode.UNKNOWN_MEMBER,
          RejectionCode.LINK_EXISTS,
          RejectionCode.UNKNOWN_LINK);

  private final LinkwrightApi api;
  private final GroupReader reader;
  private final Unlisted unnamed;
  private final Optional<String> actor;

  /**
   * On this server.
   *
   * @param actor who asks, for the log
   */
  public Apply(LinkwrightApi api, Unlisted unnamed, Optional<String> actor) {
    this.api = api;
    this.reader = new GroupReader(api);
    this.unnamed = unnamed;
    this.actor = actor;
  }

  /**
   * What is to be done about a group; asks and changes nothing.
   *
   * @throws GroupFileException if the group can never become what the file says
   * @throws ApiException if the server refuses or does not answer
   * @throws GroupKeepsChangingException if the group keeps changing
   */
  public GroupPlan plan(WantedGroup wanted) throws GroupFileException, GroupKeepsChangingException {
    long revision = reader.latestRevision(wanted.id());
    Optional<GroupSnapshot> now = reader.read(wanted.id(), revision);
    return now.isPresent()
        ? GroupDiff.change(now.get(), wanted, unnamed)
        : GroupDiff.create(revision, wanted);
  }

  /**
   * Does what {@code shown} says and returns the group's revision, at which it is what the file
   * says.
   *
   * @throws ApplyConflictException if somebody else changes the group so that other steps than
   *     those shown would be needed, or without a pause; what was done stays
   * @throws GroupFileException as {@link #plan}
   * @throws ApiException if the server refuses or does not answer
   * @throws GroupKeepsChangingException as {@link #plan}
   */
  public long send(WantedGroup wanted, GroupPlan shown, SendingListener listener)
      throws ApplyConflictException, GroupFileException, GroupKeepsChangingException {
    GroupPlan left = shown;
    int idleRounds = 0;
    while (!left.isEmpty()) {
      Optional<ApiException.Refused> refused = sendOnce(left, listener);
      GroupPlan next = plan(wanted);
      if (refused.isPresent() && next.equals(left)) {
        throw refused.get(); // of the very group that was planned on: it will be so every time
      }
      if (!shown.covers(next)) {
        throw ApplyConflictException.other(shown, next);
      }
      idleRounds = next.steps().size() < left.steps().size() ? 0 : idleRounds + 1;
      if (idleRounds > MAX_IDLE_ROUNDS) {
        throw ApplyConflictException.restless(wanted.id());
      }
      if (idleRounds > 0) {
        LinkwrightApi.pause(PAUSE);
      }
      left = next;
    }
    return left.plannedOn();
  }

  /** The refusal that ended it, if somebody else may be the cause. */
  private Optional<ApiException.Refused> sendOnce(GroupPlan plan, SendingListener listener) {
    try {
      new PlanSender(api, plan, actor, listener).send();
      return Optional.empty();
    } catch (ApiException.Refused refused) {
      if (PERHAPS_OVERTAKEN.stream().noneMatch(refused::is)) {
        throw refused;
      }
      return Optional.of(refused);
    }
  }
}
