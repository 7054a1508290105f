package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.sending.CommandStamps;
import io.linkwright.cli.sending.LinkSender;
import io.linkwright.cli.sending.MemberSender;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.RequestBounds;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a plan, its steps in their order: as one command, all or nothing, on the revision that it
 * was made for unless it only adds. A plan that is too large for that goes in parts. What
 * overwrites or takes away goes one by one then, each on the revision that the one before has made:
 * nothing is lost that somebody else has changed meanwhile. What only adds goes together, members
 * at the same time and links in batches. Used by one thread, once.
 */
final class PlanSender {
  private final LinkwrightApi api;
  private final GroupPlan plan;
  private final CommandStamps stamps;
  private final SendingListener listener;

  /** What the steps so far have made; that of the plan before the first. */
  private long revision;

  PlanSender(LinkwrightApi api, GroupPlan plan, Optional<String> actor, SendingListener listener) {
    this.api = api;
    this.plan = plan;
    this.stamps = new CommandStamps("apply", plan.group(), plan.plannedOn(), actor);
    this.listener = listener;
    this.revision = plan.plannedOn();
  }

  /**
   * Sends all steps, unless somebody else has changed the group meanwhile: then nothing is done, or
   * of a plan in parts the rest is left.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  void send() {
    listener.planned(members(), links());
    Optional<String> tooLarge = sendTogether();
    if (tooLarge.isPresent()) {
      listener.inParts(tooLarge.get());
      sendInParts();
    }
  }

  /** Sends all steps in one request; says why, if they are too many for one. */
  private Optional<String> sendTogether() {
    ObjectNode body = StepJson.together(plan);
    int steps = body.path("steps").size();
    if (steps > Limits.MAX_STEPS) {
      return Optional.of("%d steps, and a request takes %d".formatted(steps, Limits.MAX_STEPS));
    }
    int bytes = body.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > RequestBounds.MAX_BODY_BYTES) {
      return Optional.of(
          "%d bytes, and a request takes %d".formatted(bytes, RequestBounds.MAX_BODY_BYTES));
    }
    ApiCommand command =
        stamps.stamped(ApiCommand.post(ApiPaths.at(ApiPaths.GROUP_CHANGE, plan.group()), body));
    try {
      send(plan.steps().stream().allMatch(PlanSender::onlyAdds) ? command : onRevision(command));
    } catch (ApiException.Refused refused) {
      if (isTooLarge(refused)) {
        return Optional.of(refused.problem().detail());
      }
      throw refused;
    }
    for (int member = members(); member > 0; member--) {
      listener.memberDone();
    }
    if (links() > 0) {
      listener.linksDone(links());
    }
    return Optional.empty();
  }

  /** Of the steps as a whole; one that is refused by itself is a step's own field. */
  private static boolean isTooLarge(ApiException.Refused refused) {
    return refused.is(ProblemCodes.REQUEST_TOO_LARGE)
        || (refused.is(RejectionCode.LIMIT_EXCEEDED)
            && refused.problem().field().filter("steps"::equals).isPresent());
  }

  /** Nothing of anybody else's is lost by it, whatever the group has become. */
  private static boolean onlyAdds(Step step) {
    return switch (step) {
      case Step.CreateGroup _, Step.AddMember _, Step.AddLink _ -> true;
      case Step.ChangeGroup _, Step.RemoveMember _, Step.ChangeMember _, Step.RemoveLink _ -> false;
    };
  }

  private int members() {
    return (int) plan.steps().stream().filter(PlanSender::isOfMember).count();
  }

  private int links() {
    return (int) plan.steps().stream().filter(PlanSender::isOfLink).count();
  }

  private void sendInParts() {
    List<Step> steps = plan.steps();
    int next = 0;
    boolean onlyOurs = true;
    while (onlyOurs && next < steps.size()) {
      int end = endOfRun(steps, next);
      List<Step> run = steps.subList(next, end);
      if (isOfLink(run.getFirst())) {
        onlyOurs = sendLinks(run);
      } else if (run.size() > 1 || endsWithAMember(run, end)) {
        onlyOurs = addMembers(run);
      } else {
        sendAlone(run.getFirst());
      }
      next = end;
    }
  }

  /** Nothing that follows overwrites anything, so it may stand beside what others add. */
  private boolean endsWithAMember(List<Step> run, int end) {
    return end == plan.steps().size() && run.getFirst() instanceof Step.AddMember;
  }

  /** Where the steps end that go together with the one at {@code first}. */
  private static int endOfRun(List<Step> steps, int first) {
    int end = first + 1;
    while (end < steps.size() && goTogether(steps.get(first), steps.get(end))) {
      end++;
    }
    return end;
  }

  private static boolean goTogether(Step one, Step other) {
    return (one instanceof Step.AddMember && other instanceof Step.AddMember)
        || (isOfLink(one) && isOfLink(other));
  }

  private boolean addMembers(List<Step> run) {
    List<ObjectNode> bodies =
        run.stream().map(Step.AddMember.class::cast).map(StepJson::body).toList();
    MemberSender.Sent sent = new MemberSender(api, stamps, listener).send(bodies);
    return isAllThatHappened(sent.added(), sent.revision());
  }

  private boolean sendLinks(List<Step> run) {
    List<LinkId> remove = new ArrayList<>();
    List<LinkId> add = new ArrayList<>();
    for (Step step : run) {
      if (step instanceof Step.RemoveLink(LinkId link)) {
        remove.add(link);
      } else if (step instanceof Step.AddLink(LinkId link)) {
        add.add(link);
      }
    }
    LinkSender.Sent sent = new LinkSender(api, stamps, listener).send(remove, add);
    if (sent.refused().isPresent()) {
      throw sent.refused().get();
    }
    return isAllThatHappened(sent.changed(), sent.revision());
  }

  /** Whether the group has come to {@code made} by these events of ours, and nobody else's. */
  private boolean isAllThatHappened(int events, long made) {
    boolean onlyOurs = made == revision + events;
    revision = Math.max(revision, made);
    return onlyOurs;
  }

  /** On the revision that the plan has come to. */
  private void sendAlone(Step step) {
    GroupId group = plan.group();
    switch (step) {
      case Step.CreateGroup create ->
          send(stamps.stamped(ApiCommand.post(ApiPaths.GROUPS, StepJson.body(group, create))));
      case Step.ChangeGroup change ->
          change(ApiCommand.patch(ApiPaths.at(ApiPaths.GROUP, group), StepJson.body(change)));
      case Step.RemoveMember(EdgeId edge, int _) ->
          changeMember(ApiCommand.delete(ApiPaths.at(ApiPaths.MEMBER, group, edge)));
      case Step.ChangeMember change ->
          changeMember(
              ApiCommand.patch(
                  ApiPaths.at(ApiPaths.MEMBER, group, change.edge()), StepJson.body(change)));
      case Step.AddMember added ->
          changeMember(ApiCommand.post(ApiPaths.at(ApiPaths.MEMBERS, group), StepJson.body(added)));
      case Step.RemoveLink _, Step.AddLink _ ->
          throw new IllegalStateException("links are sent in batches");
    }
  }

  private void changeMember(ApiCommand command) {
    change(command);
    listener.memberDone();
  }

  private void change(ApiCommand command) {
    send(onRevision(stamps.stamped(command)));
  }

  private ApiCommand onRevision(ApiCommand command) {
    return command.onRevision(revision);
  }

  private void send(ApiCommand command) {
    revision = api.send(command, RevisionReceipt.class).value().revision();
  }

  private static boolean isOfMember(Step step) {
    return switch (step) {
      case Step.RemoveMember _, Step.ChangeMember _, Step.AddMember _ -> true;
      case Step.CreateGroup _, Step.ChangeGroup _, Step.RemoveLink _, Step.AddLink _ -> false;
    };
  }

  private static boolean isOfLink(Step step) {
    return step instanceof Step.RemoveLink || step instanceof Step.AddLink;
  }
}
