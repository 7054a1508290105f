package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;

/** What an event of the log is about, in few words. */
final class EventSubject {
  private EventSubject() {}

  static String of(JsonNode event) {
    if (event.has("link")) {
      return event.path("link").path("id").asText();
    }
    if (event.has("member")) {
      return event.path("member").path("edge").asText();
    }
    return event.path("group").path("topology").asText("");
  }

  /** As {@link #of}, of what followed from an event. */
  static String ofConsequence(JsonNode consequence) {
    if (consequence.has("edge")) {
      return consequence.path("edge").asText();
    }
    return consequence.has("link")
        ? "%s: %s parts"
            .formatted(consequence.path("link").asText(), consequence.path("parts").asText())
        : "%s members, %s links"
            .formatted(consequence.path("members").asText(), consequence.path("links").asText());
  }
}
