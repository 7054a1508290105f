package io.linkwright.schemas;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry answered.
 *
 * @param request method and URL, for messages
 * @param body a missing node if it was not JSON
 */
record RegistryReply(String request, int status, JsonNode body) {
  boolean isNotFound() {
    return status == 404;
  }

  /** Another request came first, or the registry refuses what is asked. */
  boolean isConflict() {
    return status == 409;
  }

  /** The registry's own code; 0 if it gave none. */
  int errorCode() {
    return body.path("error_code").asInt();
  }

  /** A field of the body; empty if there is none. */
  String text(String field) {
    return body.path(field).asText();
  }

  /**
   * The body of a success.
   *
   * @throws SchemaRegistryException with the registry's own words otherwise
   */
  JsonNode requireOk() {
    if (status >= 200 && status < 300 && body.isContainerNode()) {
      return body;
    }
    throw new SchemaRegistryException(
        "the schema registry answered %s with status %d, error %s: %s"
            .formatted(
                request,
                status,
                body.path("error_code").asText("unknown"),
                body.path("message").asText("no message")));
  }
}
