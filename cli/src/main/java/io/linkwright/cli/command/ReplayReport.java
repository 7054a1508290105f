package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.replay.ConfigurationDifference;
import io.linkwright.cli.replay.Difference;
import io.linkwright.cli.replay.LogReplayState;
import io.linkwright.cli.replay.ReplayedGroup;
import io.linkwright.cli.replay.ReplayedPicture;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.terminal.output.Table;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a replay came to, as JSON and in words. */
final class ReplayReport {
  private static final String GROUP = "group";
  private static final String GROUPS = "groups";
  private static final String REVISION = "revision";
  private static final String MEMBERS = "members";
  private static final String LINKS = "links";
  private static final String ISOLATED = "isolated";
  private static final String SHOWN = "shown";
  private static final String DAMAGES = "damages";
  private static final String DAMAGE_COUNT = "damageCount";
  private static final String COMPARISON = "comparison";
  private static final String DIFFERENCES = "differences";
  private static final String STATE = "state";
  private static final String NOT_COMPARED = "notCompared";
  private static final String CONFIGURATION = "edgeConfig";
  private static final String DIFFERENCE_COUNT = "differenceCount";

  /** Differences of the configuration that are told one by one. */
  private static final int MAX_TOLD = 100;

  private ReplayReport() {}

  /**
   * The report.
   *
   * @param shown the group whose members and links are wanted, if one is
   */
  static ObjectNode of(LogReplayState fold, int partitions, Optional<ReplayedGroup> shown) {
    ObjectNode report =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("topic", LinkwrightTopics.EVENTS.name())
            .put("partitions", partitions)
            .put("events", fold.events());
    if (shown.isPresent()) {
      addContents(report.putObject(SHOWN), shown.get());
    } else {
      ArrayNode groups = report.putArray(GROUPS);
      for (Map.Entry<GroupId, ReplayedGroup> group : fold.groups().entrySet()) {
        addSummary(groups.addObject(), group.getValue());
      }
    }
    report.put(DAMAGE_COUNT, fold.damageCount());
    ArrayNode damages = report.putArray(DAMAGES);
    fold.damages()
        .forEach(
            damage ->
                damages
                    .addObject()
                    .put("partition", damage.partition())
                    .put("offset", damage.offset())
                    .put(GROUP, damage.group())
                    .put(REVISION, damage.revision())
                    .put("what", damage.what()));
    return report;
  }

  /**
   * Adds what a server shows in another way.
   *
   * @param damaged groups that stand still, which were not compared
   */
  static void addComparison(
      ObjectNode report, URI server, List<Difference> found, List<GroupId> damaged) {
    ObjectNode comparison =
        report
            .putObject(COMPARISON)
            .put("server", server.toString())
            .put("agrees", found.isEmpty() && damaged.isEmpty());
    ArrayNode notCompared = comparison.putArray(NOT_COMPARED);
    damaged.forEach(group -> notCompared.add(group.value()));
    ArrayNode differences = comparison.putArray(DIFFERENCES);
    found.forEach(
        difference ->
            differences
                .addObject()
                .put(GROUP, difference.group().value())
                .put("what", difference.what())
                .put("log", difference.replayed())
                .put("server", difference.shown()));
  }

  /**
   * Adds what stands on {@code linkwright.edge-config} in another way.
   *
   * @param damaged groups that stand still, which were not compared
   */
  static void addConfiguration(
      ObjectNode report, List<ConfigurationDifference> found, List<GroupId> damaged) {
    ObjectNode configuration =
        report
            .putObject(CONFIGURATION)
            .put("topic", LinkwrightTopics.EDGE_CONFIG.name())
            .put("agrees", found.isEmpty() && damaged.isEmpty());
    ArrayNode notCompared = configuration.putArray(NOT_COMPARED);
    damaged.forEach(group -> notCompared.add(group.value()));
    configuration.put(DIFFERENCE_COUNT, found.size());
    ArrayNode differences = configuration.putArray(DIFFERENCES);
    found.stream()
        .limit(MAX_TOLD)
        .forEach(
            difference ->
                differences
                    .addObject()
                    .put("key", difference.key())
                    .put("what", difference.kind().label())
                    .put("log", difference.log())
                    .put("topic", difference.topic()));
  }

  /** Whether nothing is wrong with the log, nor with what was compared. */
  static boolean isSound(JsonNode report) {
    return report.path(DAMAGE_COUNT).asLong() == 0
        && report.path(CONFIGURATION).path(DIFFERENCE_COUNT).asLong() == 0
        && report.path(COMPARISON).path(DIFFERENCES).isEmpty();
  }

  static String text(JsonNode report) {
    List<String> parts = new ArrayList<>();
    if (report.has(SHOWN)) {
      parts.addAll(contents(report.path(SHOWN)));
    } else {
      parts.add(summaries(report.path(GROUPS)));
    }
    parts.add(verdict(report));
    if (report.has(COMPARISON)) {
      parts.add(comparison(report.path(COMPARISON)));
    }
    if (report.has(CONFIGURATION)) {
      parts.add(configuration(report.path(CONFIGURATION)));
    }
    return String.join(System.lineSeparator(), parts);
  }

  private static void addSummary(ObjectNode json, ReplayedGroup group) {
    json.put(GROUP, group.state().id().value());
    json.put(REVISION, group.state().revision());
    Optional<GroupSnapshot> picture = picture(group);
    json.put(MEMBERS, picture.map(found -> found.members().size()).orElse(0));
    json.put(LINKS, picture.map(found -> found.links().size()).orElse(0));
    json.put(ISOLATED, picture.map(found -> found.isolated().size()).orElse(0));
    json.put("lastChange", group.changedAt().toString());
    json.put("actor", group.changedBy());
    String ofSound = picture.isPresent() ? "active" : "deleted";
    json.put(STATE, group.sound() ? ofSound : "damaged");
  }

  private static void addContents(ObjectNode json, ReplayedGroup group) {
    addSummary(json, group);
    ArrayNode members = json.putArray("memberList");
    ArrayNode links = json.putArray("linkList");
    picture(group)
        .ifPresent(
            found -> {
              json.set("settings", found.settings().json());
              found
                  .members()
                  .forEach(
                      (edge, member) -> {
                        ObjectNode row = members.addObject().put("edge", edge.value());
                        row.setAll(member.properties().json());
                        row.put("enrollment", member.enrollment().label());
                        row.put(ISOLATED, found.isolated().contains(edge));
                      });
              found.links().forEach(link -> links.add(link.toString()));
            });
  }

  private static Optional<GroupSnapshot> picture(ReplayedGroup group) {
    return switch (group.state()) {
      case GroupState.Active active -> Optional.of(ReplayedPicture.of(active));
      case GroupState.Absent _ -> Optional.empty();
    };
  }

  private static String summaries(JsonNode groups) {
    Table table =
        new Table(
            left("GROUP"),
            right("REVISION"),
            right("MEMBERS"),
            right("LINKS"),
            right("ISOLATED"),
            left("LAST CHANGE"),
            left("ACTOR"),
            left("STATE"));
    groups.forEach(group -> summary(table, group));
    return table.render("");
  }

  private static void summary(Table table, JsonNode group) {
    table.row(
        group.path(GROUP).asText(),
        group.path(REVISION).asText(),
        group.path(MEMBERS).asText(),
        group.path(LINKS).asText(),
        group.path(ISOLATED).asText(),
        group.path("lastChange").asText(),
        group.path("actor").asText(),
        group.path(STATE).asText());
  }

  private static List<String> contents(JsonNode group) {
    Table members =
        new Table(left("EDGE"), left("NAME"), left("ENDPOINT"), left("ENROLLMENT"), left("NOTE"));
    for (JsonNode member : group.path("memberList")) {
      members.row(
          member.path("edge").asText(),
          member.path("name").asText(),
          member.path("endpoint").asText("-"),
          member.path("enrollment").asText(),
          member.path(ISOLATED).asBoolean() ? ISOLATED : "");
    }
    Table links = new Table(left("LINK"));
    group.path("linkList").forEach(link -> links.row(link.asText()));
    return List.of(
        summaries(LinkwrightApi.mapper().createArrayNode().add(group)),
        "",
        members.render(""),
        "",
        links.render(""),
        "");
  }

  private static String verdict(JsonNode report) {
    String read =
        "%s events in %s partitions of %s"
            .formatted(
                report.path("events").asText(),
                report.path("partitions").asText(),
                report.path("topic").asText());
    long count = report.path(DAMAGE_COUNT).asLong();
    if (count == 0) {
      return "%s: revisions are dense, and each event can follow".formatted(read);
    }
    List<String> lines = new ArrayList<>();
    lines.add("%s: the log is damaged in %d places".formatted(read, count));
    for (JsonNode damage : report.path(DAMAGES)) {
      lines.add(
          "  partition %s, offset %s, group '%s', revision %s: %s"
              .formatted(
                  damage.path("partition").asText(),
                  damage.path("offset").asText(),
                  damage.path(GROUP).asText(),
                  damage.path(REVISION).asLong() == 0 ? "-" : damage.path(REVISION).asText(),
                  damage.path("what").asText()));
    }
    if (count > report.path(DAMAGES).size()) {
      lines.add("  … and %d more".formatted(count - report.path(DAMAGES).size()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String comparison(JsonNode comparison) {
    String server = comparison.path("server").asText();
    int damaged = comparison.path(NOT_COMPARED).size();
    if (comparison.path(DIFFERENCES).isEmpty()) {
      return damaged == 0
          ? "%s shows the same".formatted(server)
          : "%s shows the same of the groups that are sound; %d damaged ones were not compared"
              .formatted(server, damaged);
    }
    Table table = new Table(left("GROUP"), left("WHAT"), left("LOG"), left("SERVER"));
    for (JsonNode difference : comparison.path(DIFFERENCES)) {
      table.row(
          difference.path(GROUP).asText(),
          difference.path("what").asText(),
          difference.path("log").asText(),
          difference.path("server").asText());
    }
    return "%s differs from the log in %d places%n%s"
        .formatted(server, comparison.path(DIFFERENCES).size(), table.render("  "));
  }

  private static String configuration(JsonNode configuration) {
    String topic = configuration.path("topic").asText();
    int damaged = configuration.path(NOT_COMPARED).size();
    int count = configuration.path(DIFFERENCE_COUNT).asInt();
    String ofDamaged =
        damaged == 0 ? "" : "; those of %d damaged groups were not compared".formatted(damaged);
    if (count == 0) {
      return damaged == 0
          ? "%s holds what the log calls for".formatted(topic)
          : "%s holds what the log calls for in the groups that are sound%s"
              .formatted(topic, ofDamaged);
    }
    Table table = new Table(left("KEY"), left("WHAT"), left("LOG"), left("TOPIC"));
    for (JsonNode difference : configuration.path(DIFFERENCES)) {
      table.row(
          difference.path("key").asText(),
          difference.path("what").asText(),
          difference.path("log").asText(),
          difference.path("topic").asText());
    }
    int told = configuration.path(DIFFERENCES).size();
    String more = count > told ? "%n  … and %d more".formatted(count - told) : "";
    return "%s differs from the log at %d keys%s%n%s%s"
        .formatted(topic, count, ofDamaged, table.render("  "), more);
  }
}
