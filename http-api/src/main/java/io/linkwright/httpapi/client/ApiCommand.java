package io.linkwright.httpapi.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.ActorHeader;
import io.linkwright.httpapi.ApiQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A request that changes something. The idempotency key makes a repetition after a broken
 * connection or an unknown outcome count once.
 *
 * @param headers beside the idempotency key and what every request has
 */
public record ApiCommand(
    String method,
    String path,
    Optional<JsonNode> body,
    String idempotencyKey,
    Map<String, String> headers) {

  /** Copies the map. */
  public ApiCommand {
    headers = Map.copyOf(headers);
  }

  /** {@code POST} with a key of its own. */
  public static ApiCommand post(String path, JsonNode body) {
    return new ApiCommand("POST", path, Optional.of(body), randomKey(), Map.of());
  }

  /** {@code PATCH} with a key of its own. */
  public static ApiCommand patch(String path, JsonNode body) {
    return new ApiCommand("PATCH", path, Optional.of(body), randomKey(), Map.of());
  }

  /** {@code DELETE} with a key of its own. */
  public static ApiCommand delete(String path) {
    return new ApiCommand("DELETE", path, Optional.empty(), randomKey(), Map.of());
  }

  /** The same request under another key. */
  public ApiCommand withKey(String key) {
    return new ApiCommand(method, path, body, key, headers);
  }

  /** The same request with one header more. */
  private ApiCommand withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiCommand(method, path, body, idempotencyKey, more);
  }

  /** The same request, only if the group is at this revision still. */
  public ApiCommand onRevision(long revision) {
    return withHeader("If-Match", "\"%d\"".formatted(revision));
  }

  /**
   * The same request, with who asks for the log.
   *
   * @throws IllegalArgumentException if it is no name that can be kept as it is
   */
  public ApiCommand withActor(String actor) {
    return withHeader(ActorHeader.NAME, ActorHeader.encode(actor));
  }

  /** The same request, decided and answered, and nothing written. */
  public ApiCommand asDryRun() {
    return new ApiCommand(
        method,
        ApiQuery.of(path).with(ApiQuery.DRY_RUN, true).toString(),
        body,
        idempotencyKey,
        headers);
  }

  private static String randomKey() {
    return UUID.randomUUID().toString();
  }
}
