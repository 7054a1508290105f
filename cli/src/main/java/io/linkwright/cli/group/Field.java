package io.linkwright.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.text.DisplayName;
import java.util.Optional;

/** A field of a group or a member, named as the bodies of the HTTP API name it. */
public sealed interface Field permits GroupField, MemberField {
  /** Its name in the API. */
  String label();

  /** What its value may be. */
  Form form();

  /** Whether there may be none, written {@code null}. */
  boolean isClearable();

  /**
   * The one writing of a value.
   *
   * @throws IllegalArgumentException if it is not allowed; the message says what is
   */
  default JsonNode canonical(JsonNode given) {
    if (!given.isNull()) {
      return form().canonical(given);
    }
    if (!isClearable()) {
      throw new IllegalArgumentException("cannot be null");
    }
    return given;
  }

  /** A display name as the server takes one. */
  private static String displayName(String text) {
    Optional<String> fault = DisplayName.fault(text);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    if (text.codePointCount(0, text.length()) > Limits.MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "has more than %d characters".formatted(Limits.MAX_NAME_LENGTH));
    }
    return text;
  }

  /** The form of a display name. */
  static Form name() {
    return new Form.Text(Field::displayName);
  }
}
