package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.applying.GroupPlan;
import io.linkwright.cli.applying.Step;
import io.linkwright.cli.group.Field;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.ReconfiguredEdges;
import io.linkwright.terminal.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What applying a file changes, as JSON and in words. Keys are said to be there, never shown. */
final class PlanReport {
  private static final String CREATE = "create";
  private static final String CHANGE = "change";
  private static final String REMOVE = "remove";
  private static final String GROUPS = "groups";
  private static final String GROUP = "group";
  private static final String MEMBER = "member";
  private static final String LINK = "link";
  private static final String STEPS = "steps";

  private PlanReport() {}

  static ObjectNode of(List<GroupPlan> plans) {
    ObjectNode report = LinkwrightApi.mapper().createObjectNode();
    ArrayNode groups = report.putArray(GROUPS);
    for (GroupPlan plan : plans) {
      ObjectNode group = groups.addObject().put(GROUP, plan.group().value());
      group.put("plannedOn", plan.plannedOn());
      ArrayNode steps = group.putArray(STEPS);
      plan.steps().forEach(step -> add(steps.addObject(), plan.group(), step));
      group.setAll(
          ApiJson.tree(
              new ReconfiguredEdges(
                  List.copyOf(plan.affectedEdges()), List.copyOf(plan.awaitingEdges()))));
    }
    return report;
  }

  static ObjectNode ofDryRun(List<GroupPlan> plans) {
    return of(plans).put("dryRun", true);
  }

  /** The report, with the revision that each group has come to. */
  static ObjectNode done(ObjectNode report, List<Long> revisions) {
    for (int i = 0; i < revisions.size(); i++) {
      ((ObjectNode) report.path(GROUPS).path(i)).put("revision", revisions.get(i));
    }
    return report;
  }

  /** The plan for people. */
  static String text(JsonNode report) {
    List<String> parts = new ArrayList<>();
    for (JsonNode group : report.path(GROUPS)) {
      parts.add(groupText(group));
    }
    if (report.path("dryRun").asBoolean()) {
      parts.add("dry run: nothing was changed");
    }
    return String.join(System.lineSeparator(), parts);
  }

  /** What has come of the plan, for people. */
  static String outcome(List<GroupPlan> plans, List<Long> revisions) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      GroupPlan plan = plans.get(i);
      if (plan.isEmpty()) {
        continue;
      }
      lines.add("%s is as the file says, revision %d".formatted(plan.group(), revisions.get(i)));
      long waiting =
          plan.steps(Step.AddMember.class).filter(added -> added.keys().isEmpty()).count();
      if (waiting > 0) {
        lines.add(
            "%d new members wait for their devices: linkwright member token %s EDGE"
                .formatted(waiting, plan.group()));
      }
    }
    return lines.isEmpty() ? "nothing was changed" : String.join(System.lineSeparator(), lines);
  }

  private static String groupText(JsonNode group) {
    String id = group.path(GROUP).asText();
    JsonNode steps = group.path(STEPS);
    if (steps.isEmpty()) {
      return "%s: nothing to do, it is as the file says; revision %s"
          .formatted(id, group.path("plannedOn").asText());
    }
    Table table = new Table(left("ACTION"), left("WHAT"), left("DETAIL"));
    for (JsonNode step : steps) {
      table.row(
          step.path("action").asText(),
          step.path("what").asText() + " " + step.path("id").asText(),
          detail(step));
    }
    return "%s%n%s: %d to create, %d to change, %d to remove; %s"
        .formatted(
            table.render(""),
            id,
            count(steps, CREATE),
            count(steps, CHANGE),
            count(steps, REMOVE),
            Outcomes.affected(ApiJson.readTree(group, ReconfiguredEdges.class)));
  }

  private static long count(JsonNode steps, String action) {
    return steps.valueStream().filter(step -> step.path("action").asText().equals(action)).count();
  }

  private static String detail(JsonNode step) {
    List<String> details = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : step.path("to").properties()) {
      String to = value(field.getValue());
      details.add(
          step.has("from")
              ? "%s %s → %s"
                  .formatted(field.getKey(), value(step.path("from").path(field.getKey())), to)
              : "%s %s".formatted(field.getKey(), to));
    }
    if (step.path("keys").asBoolean()) {
      details.add("keys given");
    }
    if (step.path("links").asInt() > 0) {
      details.add("and its %s links".formatted(step.path("links").asText()));
    }
    return String.join(", ", details);
  }

  private static String value(JsonNode value) {
    return value.isNull() ? "-" : value.isTextual() ? value.asText() : value.toString();
  }

  private static void add(ObjectNode json, GroupId group, Step step) {
    switch (step) {
      case Step.CreateGroup(var settings) ->
          begin(json, CREATE, GROUP, group).set("to", settings.json());
      case Step.ChangeGroup(var from, var to) ->
          change(begin(json, CHANGE, GROUP, group), from, to);
      case Step.RemoveMember(var edge, int links) ->
          begin(json, REMOVE, MEMBER, edge).put("links", links);
      case Step.ChangeMember(var edge, var from, var to, var keys) ->
          change(begin(json, CHANGE, MEMBER, edge).put("keys", keys.isPresent()), from, to);
      case Step.AddMember(var edge, var properties, var keys) ->
          begin(json, CREATE, MEMBER, edge)
              .put("keys", keys.isPresent())
              .set("to", properties.json());
      case Step.RemoveLink(LinkId link) -> begin(json, REMOVE, LINK, link);
      case Step.AddLink(LinkId link) -> begin(json, CREATE, LINK, link);
    }
  }

  private static ObjectNode begin(ObjectNode json, String action, String what, Object id) {
    return json.put("action", action).put("what", what).put("id", id.toString());
  }

  private static <F extends Enum<F> & Field> void change(
      ObjectNode json, Properties<F> from, Properties<F> to) {
    json.set("from", from.json());
    json.set("to", to.json());
  }
}
