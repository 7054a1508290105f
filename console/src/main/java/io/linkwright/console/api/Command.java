package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that changes something.
 *
 * @param path below the server
 * @param idempotencyKey made with the form and sent with each try, so that a double click counts
 *     once
 * @param ifRevision the group's revision that it was decided on: it is refused at any other
 */
public record Command(
    String method,
    String path,
    Optional<JsonNode> body,
    String idempotencyKey,
    OptionalLong ifRevision) {

  /** {@code POST}. */
  public static Command post(String path, JsonNode body, String idempotencyKey) {
    return new Command("POST", path, Optional.of(body), idempotencyKey, OptionalLong.empty());
  }

  /** {@code PATCH}. */
  public static Command patch(String path, JsonNode body, String idempotencyKey) {
    return new Command("PATCH", path, Optional.of(body), idempotencyKey, OptionalLong.empty());
  }

  /** {@code POST} without a body. */
  public static Command post(String path, String idempotencyKey) {
    return new Command("POST", path, Optional.empty(), idempotencyKey, OptionalLong.empty());
  }

  /** The same, refused if the group is at another revision. */
  public Command ifRevision(long revision) {
    return new Command(method, path, body, idempotencyKey, OptionalLong.of(revision));
  }

  /** {@code DELETE}. */
  public static Command delete(String path, String idempotencyKey) {
    return new Command("DELETE", path, Optional.empty(), idempotencyKey, OptionalLong.empty());
  }
}
