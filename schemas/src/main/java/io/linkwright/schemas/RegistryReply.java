package io.linkwright.schemas;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry answered.
 *
 * @param request method and path, for messages
 * @param body a missing node if it was not JSON
 */
record RegistryReply(String request, int status, JsonNode body) {
  boolean isNotFound() {
    return status == 404;
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
