package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.receipt.InvitationReceipt;
import java.time.Instant;
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
    InvitationReceipt receipt = ApiJson.readTree(answer, InvitationReceipt.class);
    String expiresAt = receipt.member().tokenExpiresAt().map(Instant::toString).orElse("");
    return receipt.token().map(token -> new Enrollment(token.reveal(), expiresAt));
  }

  @Override
  public String toString() {
    return "Enrollment[expiresAt=%s]".formatted(expiresAt);
  }
}
