package io.linkwright.console.form;

import io.linkwright.httpapi.client.ApiProblem;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * A form as it is shown: new, or again with what was typed and what the service says of it.
 *
 * @param csrf proves that the form is ours
 * @param key of the command that the form sends: a form that is sent twice counts once
 * @param values what was typed, by field
 * @param errors the service's words, by field
 * @param error the service's words about the whole
 */
public record FormState(
    String csrf,
    String key,
    Map<String, String> values,
    Map<String, String> errors,
    Optional<String> error) {

  /** Copies the maps. */
  public FormState {
    values = Map.copyOf(values);
    errors = Map.copyOf(errors);
  }

  /** A form with values to begin with. */
  public static FormState filled(String csrf, Map<String, String> values) {
    return new FormState(csrf, newKey(), values, Map.of(), Optional.empty());
  }

  /** What was typed into a field; nothing if that is blank. */
  public Optional<String> typed(String field) {
    return Optional.of(value(field)).filter(text -> !text.isEmpty());
  }

  /** The same form with other values. */
  FormState withValues(Map<String, String> others) {
    return new FormState(csrf, key, others, errors, error);
  }

  /** A number in a field that people do not type into. */
  OptionalLong number(String field) {
    try {
      return OptionalLong.of(Long.parseLong(value(field)));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  /** What to show in a field. */
  public String value(String field) {
    return values.getOrDefault(field, "").strip();
  }

  /** What the service says of a field. */
  public Optional<String> errorOf(String field) {
    return Optional.ofNullable(errors.get(field));
  }

  /**
   * The form again, with the service's words beside the field at fault. The next try is another
   * command, so it gets a key of its own.
   *
   * @param fields that the form has
   */
  public FormState refused(ApiProblem problem, Set<String> fields) {
    Optional<String> field =
        problem.field().or(() -> fieldOfCode(problem.code())).map(FormState::topLevel);
    return field.filter(fields::contains).isPresent()
        ? new FormState(
            csrf, newKey(), values, Map.of(field.get(), problem.detail()), Optional.empty())
        : new FormState(csrf, newKey(), values, Map.of(), Optional.of(problem.detail()));
  }

  /** The form again under the same key: repeating it finds out what became of it. */
  public FormState unknown(String reason) {
    return again(
        "%s Whether it was done is not known. Send it again: it counts once.".formatted(reason));
  }

  /** The form again, unchanged, with words about the whole. */
  public FormState again(String words) {
    return new FormState(csrf, key, values, Map.of(), Optional.of(words));
  }

  /** Codes that are about one field though the service names none. */
  private static Optional<String> fieldOfCode(String code) {
    return switch (code) {
      case "LINK_EXISTS" -> Optional.of("edgeB");
      case "GROUP_EXISTS" -> Optional.of("id");
      case "MEMBER_EXISTS" -> Optional.of("edge");
      default -> Optional.empty();
    };
  }

  /** {@code allowedSubnets} for {@code allowedSubnets[2]}. */
  private static String topLevel(String field) {
    return field.split("[\\[.]", 2)[0];
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }
}
