package io.linkwright.schemas;

/**
 * An error of Confluent's REST API. Clients act on the code: its first three digits are the status.
 */
final class RegistryRefusal extends Exception {
  private final int errorCode;

  private RegistryRefusal(int errorCode, String message) {
    super(message, null, false, false);
    this.errorCode = errorCode;
  }

  static RegistryRefusal noSuchPath() {
    return new RegistryRefusal(404, "HTTP 404 Not Found");
  }

  static RegistryRefusal methodNotAllowed() {
    return new RegistryRefusal(405, "HTTP 405 Method Not Allowed: these schemas are read-only");
  }

  static RegistryRefusal unknownSubject(String subject) {
    return new RegistryRefusal(40401, "Subject '%s' not found.".formatted(subject));
  }

  static RegistryRefusal unknownVersion(String version) {
    return new RegistryRefusal(40402, "Version %s not found.".formatted(version));
  }

  static RegistryRefusal unknownSchema() {
    return new RegistryRefusal(40403, "Schema not found");
  }

  static RegistryRefusal unknownId(String id) {
    return new RegistryRefusal(40403, "Schema %s not found".formatted(id));
  }

  static RegistryRefusal invalidSchema() {
    return new RegistryRefusal(42201, "Input schema is not a valid Avro schema");
  }

  static RegistryRefusal readOnly(String subject) {
    return new RegistryRefusal(
        42205, "Subject %s takes no schema but the bundled ones".formatted(subject));
  }

  int errorCode() {
    return errorCode;
  }

  int status() {
    return errorCode < 1_000 ? errorCode : errorCode / 100;
  }
}
