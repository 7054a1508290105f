package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fact of a group's log.
 *
 * @param type as in {@code LinkAdded}
 * @param edges whom it is about: none, a member, or the two ends of a link
 * @param name of the member or group it tells, where it tells one
 * @param consequences for the topology
 */
public record GroupEvent(
    long revision,
    Instant occurredAt,
    String actor,
    String type,
    List<String> edges,
    Optional<String> name,
    List<Consequence> consequences) {

  /**
   * What followed for the topology.
   *
   * @param parts of the group after a split or a join; 0 elsewhere
   */
  public record Consequence(String type, Optional<String> edge, int parts) {}

  static GroupEvent of(JsonNode json) {
    return new GroupEvent(
        json.path("revision").asLong(),
        Instant.parse(json.path("occurredAt").asText()),
        json.path("actor").asText(),
        json.path("type").asText(),
        edges(json),
        Fields.text(json.path("member"), "name").or(() -> Fields.text(json.path("group"), "name")),
        Fields.list(
            json,
            "consequences",
            consequence ->
                new Consequence(
                    consequence.path("type").asText(),
                    Fields.text(consequence, "edge"),
                    consequence.path("parts").asInt())));
  }

  private static List<String> edges(JsonNode json) {
    JsonNode link = json.path("link");
    return link.isObject()
        ? List.of(link.path("edgeA").asText(), link.path("edgeB").asText())
        : Fields.text(json.path("member"), "edge").stream().toList();
  }
}
