package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request that changes something.
 *
 * @param path below the server
 * @param idempotencyKey made with the form and sent with each try, so that a double click counts
 *     once
 */
public record Command(String method, String path, Optional<JsonNode> body, String idempotencyKey) {

  /** {@code POST}. */
  public static Command post(String path, JsonNode body, String idempotencyKey) {
    return new Command("POST", path, Optional.of(body), idempotencyKey);
  }

  /** {@code PATCH}. */
  public static Command patch(String path, JsonNode body, String idempotencyKey) {
    return new Command("PATCH", path, Optional.of(body), idempotencyKey);
  }

  /** {@code POST} without a body. */
  public static Command post(String path, String idempotencyKey) {
    return new Command("POST", path, Optional.empty(), idempotencyKey);
  }

  /** {@code DELETE}. */
  public static Command delete(String path, String idempotencyKey) {
    return new Command("DELETE", path, Optional.empty(), idempotencyKey);
  }
}
