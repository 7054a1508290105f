package io.linkwright.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.linkwright.schemas.RegistryEndpoint.Answer;

/**
 * Errors of Confluent's REST API. Clients act on the code; its first three digits are the status.
 */
final class RegistryErrors {
  private static final int FIRST_LONG_CODE = 1_000;

  private RegistryErrors() {}

  static Answer noSuchPath() {
    return error(404, "HTTP 404 Not Found");
  }

  static Answer methodNotAllowed() {
    return error(405, "HTTP 405 Method Not Allowed: these schemas are read-only");
  }

  static Answer unknownSubject(String subject) {
    return error(40401, "Subject '%s' not found.".formatted(subject));
  }

  static Answer unknownVersion(String version) {
    return error(40402, "Version %s not found.".formatted(version));
  }

  static Answer unknownSchema() {
    return error(40403, "Schema not found");
  }

  static Answer unknownId(String id) {
    return error(40403, "Schema %s not found".formatted(id));
  }

  static Answer invalidSchema() {
    return error(42201, "Input schema is not a valid Avro schema");
  }

  static Answer readOnly(String subject) {
    return error(42205, "Subject %s takes no schema but the bundled ones".formatted(subject));
  }

  private static Answer error(int code, String message) {
    int status = code < FIRST_LONG_CODE ? code : code / 100;
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("error_code", code)
            .put("message", message)
            .toString();
    return new Answer(status, json);
  }
}
