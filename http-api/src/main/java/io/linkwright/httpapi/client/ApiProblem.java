package io.linkwright.httpapi.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.answer.ProblemAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why the server refused, read from {@code application/problem+json} (RFC 9457). Anything the
 * server leaves out is made up from the status, so that there is always something to show.
 */
public record ApiProblem(
    int status,
    String code,
    String detail,
    Optional<String> field,
    List<ProblemAnswer.Item> items) {
  private static final int MAX_SHOWN_ITEMS = 20;

  /** Copies the list. */
  public ApiProblem {
    items = List.copyOf(items);
  }

  /** What an answer of this status says. */
  public static ApiProblem of(int status, JsonNode body) {
    List<ProblemAnswer.Item> items = new ArrayList<>();
    for (JsonNode item : body.path("items")) {
      items.add(
          new ProblemAnswer.Item(
              Printable.of(item.path("field").asText()),
              Printable.of(item.path("code").asText()),
              Printable.of(item.path("detail").asText())));
    }
    return new ApiProblem(
        status,
        Printable.of(body.path("code").asText(ProblemCodes.ofStatus(status))),
        Printable.of(detail(status, body)),
        Optional.ofNullable(body.get("field")).map(JsonNode::asText).map(Printable::of),
        items);
  }

  /** The registry, which speaks as other registries do, says {@code message}. */
  private static String detail(int status, JsonNode body) {
    for (String field : List.of("detail", "title", "message")) {
      if (body.hasNonNull(field)) {
        return body.path(field).asText();
      }
    }
    return "HTTP status " + status;
  }

  /** For people: the detail, the field at fault, and each offending item on a line of its own. */
  public String text() {
    StringBuilder text = new StringBuilder(detail).append(" (").append(code);
    field.ifPresent(name -> text.append(", field ").append(name));
    text.append(')');
    items.stream()
        .limit(MAX_SHOWN_ITEMS)
        .forEach(
            item ->
                text.append("%n  %s: %s (%s)".formatted(item.field(), item.detail(), item.code())));
    if (items.size() > MAX_SHOWN_ITEMS) {
      text.append("%n  … and %d more".formatted(items.size() - MAX_SHOWN_ITEMS));
    }
    return text.toString();
  }
}
