package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What lets an edge enroll. The token is a secret: it is shown to who asked for it and nowhere
 * else, and is in no log line.
 */
public record Enrollment(String token, String expiresAt) {

  static Optional<Enrollment> of(JsonNode answer) {
    JsonNode enrollment = answer.path("enrollment");
    return enrollment.path("token").isTextual()
        ? Optional.of(
            new Enrollment(
                enrollment.path("token").textValue(), enrollment.path("expiresAt").asText()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "Enrollment[expiresAt=%s]".formatted(expiresAt);
  }
}
