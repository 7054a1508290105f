package io.linkwright.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;

/**
 * A request that changes something. The idempotency key makes a repetition after a broken
 * connection or an unknown outcome count once.
 */
public record ApiCommand(
    String method, String path, Optional<JsonNode> body, String idempotencyKey) {

  /** {@code POST} with a key of its own. */
  public static ApiCommand post(String path, JsonNode body) {
    return new ApiCommand("POST", path, Optional.of(body), randomKey());
  }

  /** {@code PATCH} with a key of its own. */
  public static ApiCommand patch(String path, JsonNode body) {
    return new ApiCommand("PATCH", path, Optional.of(body), randomKey());
  }

  /** {@code DELETE} with a key of its own. */
  public static ApiCommand delete(String path) {
    return new ApiCommand("DELETE", path, Optional.empty(), randomKey());
  }

  /** The same request under another key. */
  public ApiCommand withKey(String key) {
    return new ApiCommand(method, path, body, key);
  }

  private static String randomKey() {
    return UUID.randomUUID().toString();
  }
}
