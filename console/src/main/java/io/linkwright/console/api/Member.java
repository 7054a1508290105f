package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A member as lists show it.
 *
 * @param lastError why the edge last refused a configuration
 * @param enrollment awaiting, enrolled or revoked
 */
public record Member(
    String edge,
    String name,
    Optional<String> endpoint,
    long linkCount,
    boolean isolated,
    boolean connected,
    long desiredRevision,
    long acknowledgedRevision,
    Optional<String> lastError,
    Optional<String> enrollment) {

  static Member of(JsonNode json) {
    return new Member(
        json.path("edge").asText(),
        json.path("name").asText(),
        Fields.text(json, "endpoint"),
        json.path("linkCount").asLong(),
        json.path("isolated").asBoolean(),
        json.path("connected").asBoolean(),
        json.path("desiredRevision").asLong(),
        json.path("acknowledgedRevision").asLong(),
        Fields.text(json, "lastError"),
        Fields.text(json, "enrollment"));
  }

  /** The name, and the id where that says something else. */
  public String label() {
    return name.equals(edge) ? edge : "%s (%s)".formatted(name, edge);
  }

  /** Whether no edge has enrolled yet. */
  public boolean isAwaited() {
    return enrollment.orElse("").equals("awaiting");
  }

  /** Whether the edge's keys were taken away. */
  public boolean isRevoked() {
    return enrollment.orElse("").equals("revoked");
  }

  /** Whether the edge runs what it should. */
  public boolean isCurrent() {
    return acknowledgedRevision >= desiredRevision;
  }
}
