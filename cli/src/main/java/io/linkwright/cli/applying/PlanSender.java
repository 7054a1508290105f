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
import java.util.List;
import java.util.Optional;

/**
 * Sends a plan. What overwrites or takes away goes one by one, each on the revision that the one
 * before has made: nothing is lost that somebody else has changed meanwhile. What only adds needs
 * no such care. Used by one thread, once.
 */
final class PlanSender {
  private final LinkwrightApi api;
  private final GroupPlan plan;
  private final CommandStamps stamps;
  private final SendingListener listener;
  private long revision;

  PlanSender(LinkwrightApi api, GroupPlan plan, Optional<String> actor, SendingListener listener) {
    this.api = api;
    this.plan = plan;
    this.stamps = new CommandStamps("apply", plan.group(), plan.plannedOn(), actor);
    this.listener = listener;
    this.revision = plan.plannedOn();
  }

  /**
   * Sends all steps, unless somebody else has changed a link meanwhile: then the rest of the links
   * is left.
   *
   * @throws io.linkwright.cli.client.ApiException if there is no answer or a refusal
   */
  void send() {
    List<Step.AddLink> addedLinks = plan.steps(Step.AddLink.class).toList();
    List<Step.RemoveLink> removedLinks = plan.steps(Step.RemoveLink.class).toList();
    listener.planned(memberSteps(), addedLinks.size() + removedLinks.size());
    plan.steps().forEach(this::sendAlone);
    new MemberSender(api, stamps, listener)
        .send(plan.steps(Step.AddMember.class).map(PlanSender::body).toList());
    new LinkSender(api, stamps, listener)
        .send(
            removedLinks.stream().map(Step.RemoveLink::link).toList(),
            addedLinks.stream().map(Step.AddLink::link).toList());
  }

  private int memberSteps() {
    return (int)
        plan.steps().stream()
            .filter(
                step ->
                    switch (step) {
                      case Step.RemoveMember _, Step.ChangeMember _, Step.AddMember _ -> true;
                      case Step.CreateGroup _,
                          Step.ChangeGroup _,
                          Step.RemoveLink _,
                          Step.AddLink _ ->
                          false;
                    })
            .count();
  }

  private void sendAlone(Step step) {
    String path = "/v1/groups/" + plan.group();
    switch (step) {
      case Step.CreateGroup(var settings) -> {
        ObjectNode body = settings.json().put("id", plan.group().value());
        send(stamps.stamped(ApiCommand.post("/v1/groups", body)));
      }
      case Step.ChangeGroup(_, var to) -> change(ApiCommand.patch(path, patch(to)));
      case Step.RemoveMember(EdgeId edge, int _) -> {
        change(ApiCommand.delete(path + "/members/" + edge));
        listener.memberDone();
      }
      case Step.ChangeMember(EdgeId edge, _, var to, var keys) -> {
        ObjectNode body = to.json();
        keys.ifPresent(given -> body.set("keys", given));
        change(ApiCommand.patch(path + "/members/" + edge, body));
        listener.memberDone();
      }
      case Step.AddMember _, Step.RemoveLink _, Step.AddLink _ -> {}
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
}
