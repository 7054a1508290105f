package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.Properties;
import io.linkwright.cli.sending.CommandStamps;
import io.linkwright.cli.sending.LinkSender;
import io.linkwright.cli.sending.MemberSender;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a plan, its steps in their order. What overwrites or takes away goes one by one, each on
 * the revision that the one before has made: nothing is lost that somebody else has changed
 * meanwhile. What only adds goes together, members at the same time and links in batches. Used by
 * one thread, once.
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
   * Sends all steps, unless somebody else has changed the group meanwhile: then the rest is left.
   *
   * @throws io.linkwright.cli.client.ApiException if there is no answer or a refusal
   */
  void send() {
    List<Step> steps = plan.steps();
    listener.planned(
        (int) steps.stream().filter(PlanSender::isOfMember).count(),
        (int) steps.stream().filter(PlanSender::isOfLink).count());
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
        run.stream().map(Step.AddMember.class::cast).map(PlanSender::body).toList();
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
    String path = "/v1/groups/" + plan.group();
    switch (step) {
      case Step.CreateGroup(var settings) -> {
        ObjectNode body = settings.json().put("id", plan.group().value());
        send(stamps.stamped(ApiCommand.post("/v1/groups", body)));
      }
      case Step.ChangeGroup(_, var to) -> change(ApiCommand.patch(path, patch(to)));
      case Step.RemoveMember(EdgeId edge, int _) ->
          changeMember(ApiCommand.delete(path + "/members/" + edge));
      case Step.ChangeMember(EdgeId edge, _, var to, var keys) -> {
        ObjectNode body = to.json();
        keys.ifPresent(given -> body.set("keys", given));
        changeMember(ApiCommand.patch(path + "/members/" + edge, body));
      }
      case Step.AddMember added -> changeMember(ApiCommand.post(path + "/members", body(added)));
      case Step.RemoveLink _, Step.AddLink _ ->
          throw new IllegalStateException("links are sent in batches");
    }
  }

  /** Another topology takes the hub away by itself. */
  private static ObjectNode patch(Properties<GroupField> to) {
    ObjectNode body = to.json();
    if (to.value(GroupField.HUB).isEmpty()) {
      body.remove(GroupField.HUB.label());
    }
    return body;
  }

  private void changeMember(ApiCommand command) {
    change(command);
    listener.memberDone();
  }

  private void change(ApiCommand command) {
    send(stamps.stamped(command).onRevision(revision));
  }

  private void send(ApiCommand command) {
    revision = api.send(command).path("revision").asLong();
  }

  private static ObjectNode body(Step.AddMember added) {
    ObjectNode body = added.properties().json().put("edge", added.edge().value());
    added.keys().ifPresent(keys -> body.set("keys", keys));
    return body;
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
