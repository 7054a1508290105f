package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What lets an edge enroll. The token is a secret: it is shown to who asked for it and nowhere
 * else, and is in no log line.
 *
 * @param expiresAt for people; empty if the service does not say
 */
public record Enrollment(String token, String expiresAt) {

  /** Of a service's answer; nothing if the member came with keys. */
  static Optional<Enrollment> of(JsonNode answer) {
    JsonNode token = answer.path("token");
    return token.isTextual()
        ? Optional.of(new Enrollment(token.textValue(), answer.path("tokenExpiresAt").asText("")))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "Enrollment[expiresAt=%s]".formatted(expiresAt);
  }
}
