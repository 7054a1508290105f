package io.linkwright.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ApiJson.UnreadableAnswerException;
import io.linkwright.httpapi.answer.ChangeMessages;
import io.linkwright.httpapi.answer.Consequence;
import io.linkwright.httpapi.answer.DamageAnswer;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.ServerEvent;
import io.linkwright.terminal.command.CommandFailure;
import java.util.ArrayList;
import java.util.List;

/** What is printed of a stream of changes: a JSON object a line, and in words for people. */
final class TailLines {
  private TailLines() {}

  /** How much of the stream is wanted. */
  enum Scope {
    /** What follows from changes for the group as a whole. */
    CONSEQUENCES,
    /** The changes too, and what edges report. */
    EVERYTHING
  }

  /** A line for programs, and the same for people. */
  record Line(ObjectNode json, String text) {}

  /** The lines that an event of the stream is worth. */
  static List<Line> of(GroupId group, ServerEvent event, Scope scope) {
    try {
      return lines(group, event, scope);
    } catch (JsonProcessingException | UnreadableAnswerException notOurs) {
      throw new CommandFailure("the server sent a change that cannot be read", notOurs);
    }
  }

  private static List<Line> lines(GroupId group, ServerEvent event, Scope scope)
      throws JsonProcessingException {
    JsonNode data = LinkwrightApi.mapper().readTree(event.data());
    List<Line> lines = new ArrayList<>();
    if (scope == Scope.EVERYTHING && !event.type().equals(ChangeMessages.LIVE)) {
      ObjectNode line = LinkwrightApi.mapper().createObjectNode();
      line.put("group", group.value()).put("event", event.type()).set("data", data);
      lines.add(new Line(line, text(group, event.type(), data)));
    }
    if (event.type().equals(ChangeMessages.CHANGE)) {
      EventAnswer change = ApiJson.readTree(data, EventAnswer.class);
      change.consequences().forEach(each -> lines.add(line(group, change, each)));
    }
    return lines;
  }

  private static Line line(GroupId group, EventAnswer change, Consequence consequence) {
    ObjectNode line =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("group", group.value())
            .put("revision", change.revision())
            .put("occurredAt", change.occurredAt().toString());
    line.setAll(ApiJson.tree(consequence));
    String advice =
        consequence.type().equals(Consequence.MEMBER_ISOLATED) ? ": no traffic can flow" : "";
    return new Line(
        line, text(group, change, consequence.type(), EventAbout.of(consequence)) + advice);
  }

  private static String text(GroupId group, String message, JsonNode data) {
    return switch (message) {
      case ChangeMessages.CHANGE -> {
        EventAnswer change = ApiJson.readTree(data, EventAnswer.class);
        String by = " by " + Printable.of(change.actor());
        yield text(group, change, change.type(), EventAbout.of(change) + by);
      }
      case ChangeMessages.STATUS ->
          text(group, ApiJson.readTree(data, ChangeMessages.Status.class));
      case ChangeMessages.DAMAGE ->
          "%s stands still: %s"
              .formatted(group, Printable.of(ApiJson.readTree(data, DamageAnswer.class).reason()));
      default -> "%s  %s".formatted(group, Printable.of(message));
    };
  }

  private static String text(GroupId group, EventAnswer change, String type, String what) {
    return "%s  %s@%d  %s %s"
        .formatted(change.occurredAt(), group, change.revision(), Printable.of(type), what);
  }

  /** What an edge reports is of no revision. */
  private static String text(GroupId group, ChangeMessages.Status status) {
    return "%s  %s  %s %s, runs revision %d%s"
        .formatted(
            status.reportedAt(),
            group,
            status.edge(),
            status.connected() ? "is connected" : "is away",
            status.acknowledgedRevision(),
            status.lastError().map(error -> ", error: " + Printable.of(error)).orElse(""));
  }
}
