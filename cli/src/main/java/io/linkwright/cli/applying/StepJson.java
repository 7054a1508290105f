package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.util.ArrayList;
import java.util.List;

/** Steps as the server takes them: each as the body of its own command, or all in one command. */
final class StepJson {
  private static final String ADD = "add";
  private static final String REMOVE = "remove";

  private StepJson() {}

  static ObjectNode body(GroupId group, Step.CreateGroup create) {
    return create.settings().json().put("id", group.value());
  }

  /** Another topology takes the hub away by itself. */
  static ObjectNode body(Step.ChangeGroup change) {
    Properties<GroupField> to = change.to();
    ObjectNode body = to.json();
    if (to.value(GroupField.HUB).isEmpty()) {
      body.remove(GroupField.HUB.label());
    }
    return body;
  }

  static ObjectNode body(Step.ChangeMember change) {
    ObjectNode body = change.to().json();
    change.keys().ifPresent(keys -> body.set("keys", keys));
    return body;
  }

  static ObjectNode body(Step.AddMember added) {
    ObjectNode body = added.properties().json().put("edge", added.edge().value());
    added.keys().ifPresent(keys -> body.set("keys", keys));
    return body;
  }

  /** All steps in their order; links that follow each other are a batch, removals first. */
  static ObjectNode together(GroupPlan plan) {
    ObjectNode body = LinkwrightApi.mapper().createObjectNode();
    ArrayNode steps = body.putArray("steps");
    List<LinkId> remove = new ArrayList<>();
    List<LinkId> add = new ArrayList<>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.RemoveLink(LinkId link) -> remove.add(link);
        case Step.AddLink(LinkId link) -> add.add(link);
        case Step.CreateGroup _,
            Step.ChangeGroup _,
            Step.RemoveMember _,
            Step.ChangeMember _,
            Step.AddMember _ -> {
          endBatch(steps, remove, add);
          steps.add(single(plan.group(), step));
        }
      }
    }
    endBatch(steps, remove, add);
    return body;
  }

  private static ObjectNode single(GroupId group, Step step) {
    return switch (step) {
      case Step.CreateGroup create -> body(group, create).put("type", "createGroup");
      case Step.ChangeGroup change -> body(change).put("type", "changeGroup");
      case Step.RemoveMember(var edge, int _) ->
          LinkwrightApi.mapper()
              .createObjectNode()
              .put("type", "removeMember")
              .put("edge", edge.value());
      case Step.ChangeMember change ->
          body(change).put("type", "changeMember").put("edge", change.edge().value());
      case Step.AddMember added -> body(added).put("type", "addMember");
      case Step.RemoveLink _, Step.AddLink _ ->
          throw new IllegalStateException("links are sent in batches");
    };
  }

  private static void endBatch(ArrayNode steps, List<LinkId> remove, List<LinkId> add) {
    putLinks(steps, REMOVE, remove);
    putLinks(steps, ADD, add);
    remove.clear();
    add.clear();
  }

  /** In the last batch as far as it has room, and in more of them. */
  private static void putLinks(ArrayNode steps, String list, List<LinkId> links) {
    for (LinkId link : links) {
      batchWithRoom(steps)
          .withArray(list)
          .addObject()
          .put("edgeA", link.edgeA().value())
          .put("edgeB", link.edgeB().value());
    }
  }

  private static ObjectNode batchWithRoom(ArrayNode steps) {
    if (!steps.isEmpty()
        && steps.get(steps.size() - 1) instanceof ObjectNode last
        && last.path("type").asText().equals("changeLinks")
        && last.path(ADD).size() + last.path(REMOVE).size() < Limits.MAX_BATCH_ITEMS) {
      return last;
    }
    return steps.addObject().put("type", "changeLinks");
  }
}
