package io.linkwright.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.GroupId;
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

  /** The lines that an event of the stream is worth. */
  static List<ObjectNode> of(GroupId group, ServerEvent event, Scope scope) {
    JsonNode data = json(event);
    List<ObjectNode> lines = new ArrayList<>();
    if (scope == Scope.EVERYTHING && !event.type().equals("live")) {
      ObjectNode line = LinkwrightApi.mapper().createObjectNode();
      line.put("group", group.value()).put("event", event.type()).set("data", data);
      lines.add(line);
    }
    for (JsonNode consequence : data.path("consequences")) {
      ObjectNode line = LinkwrightApi.mapper().createObjectNode();
      line.put("group", group.value());
      line.set("revision", data.path("revision"));
      line.set("occurredAt", data.path("occurredAt"));
      line.setAll((ObjectNode) consequence);
      lines.add(line);
    }
    return lines;
  }

  static String text(JsonNode line) {
    JsonNode data = line.path("data");
    return switch (line.path("event").asText("consequence")) {
      case "consequence" -> text(line, line, EventSubject.ofConsequence(line)) + advice(line);
      case "change" ->
          text(line, data, EventSubject.of(data) + " by " + data.path("actor").asText());
      // What an edge reports is of no revision.
      default ->
          "%s  %s  %s %s, runs revision %s%s"
              .formatted(
                  data.path("reportedAt").asText(),
                  line.path("group").asText(),
                  data.path("edge").asText(),
                  data.path("connected").asBoolean() ? "is connected" : "is away",
                  data.path("acknowledgedRevision").asText(),
                  data.hasNonNull("lastError")
                      ? ", error: " + data.path("lastError").asText()
                      : "");
    };
  }

  private static String text(JsonNode line, JsonNode event, String what) {
    return "%s  %s@%s  %s %s"
        .formatted(
            event.path("occurredAt").asText(),
            line.path("group").asText(),
            event.path("revision").asText(),
            event.path("type").asText(),
            what);
  }

  private static String advice(JsonNode line) {
    return line.path("type").asText().equals("MemberIsolated") ? ": no traffic can flow" : "";
  }

  private static JsonNode json(ServerEvent event) {
    try {
      return LinkwrightApi.mapper().readTree(event.data());
    } catch (JsonProcessingException notOurs) {
      throw new CommandFailure("the server sent a change that is not JSON", notOurs);
    }
  }
}
