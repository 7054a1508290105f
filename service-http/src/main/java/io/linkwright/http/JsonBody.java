package io.linkwright.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.linkwright.httpapi.ProblemCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;

/**
 * Reads a JSON object field by field and refuses, by name, what is missing, of a wrong type or
 * unknown. Every refusal is a {@link ProblemException} with 400 {@code INVALID_REQUEST}. Used by
 * one thread.
 *
 * <p>The {@code optional} readers take {@code null} for absent. The {@code patched} readers follow
 * JSON merge patch (RFC 7396), where {@code null} clears.
 */
public final class JsonBody {
  private static final Problem BEYOND_BOUND =
      Problem.invalid(
          ("the body goes beyond a bound: %d objects and arrays inside each other, %d"
                  + " characters of a string, %d of a number, %d of a field's name")
              .formatted(
                  Json.MAX_NESTING_DEPTH,
                  Json.MAX_STRING_LENGTH,
                  Json.MAX_NUMBER_LENGTH,
                  Json.MAX_NAME_LENGTH));

  private static final String MEDIA_TYPE = "application/json";

  private final JsonNode object;
  private final String path;
  private final Set<String> read = new HashSet<>();

  private JsonBody(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Reads a request's body. It must say that it is JSON: a form, or text that a foreign web page
   * sends without asking (Fetch standard, "CORS-safelisted request-header"), is none.
   *
   * @param body as {@link RequestBody} has read it
   */
  public static JsonBody of(Context context, byte[] body) {
    String mediaType =
        Optional.ofNullable(context.contentType()).orElse("").split(";", 2)[0].strip();
    if (!mediaType.equalsIgnoreCase(MEDIA_TYPE)) {
      throw new ProblemException(
          new Problem(
              415,
              ProblemCodes.UNSUPPORTED_MEDIA_TYPE,
              "a body is JSON and says so: send it with 'Content-Type: %s'".formatted(MEDIA_TYPE),
              Optional.of("Content-Type"),
              List.of(),
              Optional.empty()));
    }
    return parse(body);
  }

  /** Reads one object out of UTF-8 text. */
  public static JsonBody parse(byte[] text) {
    requireUtf8(text);
    JsonNode root;
    try {
      root = Json.mapper().readTree(text);
    } catch (StreamConstraintsException beyondBound) {
      throw new ProblemException(BEYOND_BOUND);
    } catch (JsonProcessingException malformed) {
      throw new ProblemException(describe(malformed));
    } catch (IOException malformed) {
      throw new ProblemException(Problem.invalid("the body is not JSON in UTF-8"));
    }
    if (!root.isObject()) {
      throw new ProblemException(Problem.invalid("the body must be a JSON object"));
    }
    requireWholeCharacters(root);
    return new JsonBody(root, "");
  }

  /**
   * Jackson would guess UTF-16 and UTF-32, and takes bytes for characters that are none. Most
   * bodies are ASCII, and cost one look at each byte.
   */
  private static void requireUtf8(byte[] text) {
    for (int at = 0; at < text.length; at++) {
      if (text[at] == 0) {
        throw notUtf8();
      }
      if (text[at] < 0) {
        requireWellFormed(text);
        return;
      }
    }
  }

  private static void requireWellFormed(byte[] text) {
    try {
      CharBuffer read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      if (read.chars().anyMatch(character -> character == 0)) {
        throw notUtf8();
      }
    } catch (CharacterCodingException malformed) {
      throw notUtf8();
    }
  }

  private static ProblemException notUtf8() {
    return new ProblemException(Problem.invalid("the body is not JSON in UTF-8"));
  }

  /** Half of a surrogate pair, as in {@code "\ud800"}, is no text, and could not be written. */
  private static void requireWholeCharacters(JsonNode node) {
    if (node.isTextual()) {
      requireWholeCharacters(node.textValue());
    }
    node.fieldNames().forEachRemaining(JsonBody::requireWholeCharacters);
    node.forEach(JsonBody::requireWholeCharacters);
  }

  private static void requireWholeCharacters(String text) {
    if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      throw new ProblemException(Problem.invalid("the body has half of a surrogate pair"));
    }
  }

  /** A string that must be there. */
  public String string(String field) {
    return optionalString(field).orElseThrow(() -> missing(field));
  }

  /** A string that must be there, in the form that {@code parser} knows. */
  public <T> T parsed(String field, Function<String, T> parser) {
    return apply(field, string(field), parser);
  }

  /** A string, or nothing. */
  public Optional<String> optionalString(String field) {
    return value(field).map(node -> text(field, node));
  }

  /** A string in the form that {@code parser} knows, or nothing. */
  public <T> Optional<T> optional(String field, Function<String, T> parser) {
    return optionalString(field).map(text -> apply(field, text, parser));
  }

  /** {@code true}, {@code false}, or nothing. */
  public Optional<Boolean> optionalFlag(String field) {
    return value(field).map(node -> flag(field, node));
  }

  /** A number, or nothing. */
  public OptionalDouble optionalNumber(String field) {
    Optional<JsonNode> node = value(field);
    return node.isEmpty() ? OptionalDouble.empty() : number(field, node.get());
  }

  /** A whole number that {@code check} lets pass, or nothing. */
  public Optional<Long> optionalWhole(String field, LongUnaryOperator check) {
    return value(field).map(node -> whole(field, node, check));
  }

  /** A whole number that must be there and that {@code check} lets pass. */
  public long whole(String field, LongUnaryOperator check) {
    return optionalWhole(field, check).orElseThrow(() -> missing(field));
  }

  /** An object, or nothing; the caller ends it with its own {@link #done()}. */
  public Optional<JsonBody> optionalObject(String field) {
    return value(field).map(node -> object(pathOf(field), node));
  }

  /** A list of objects, empty if absent. Each is read by {@code reader} and then done. */
  public <T> List<T> objects(String field, int maxItems, Function<JsonBody, T> reader) {
    List<T> items = new ArrayList<>();
    for (JsonNode node : array(field, maxItems)) {
      JsonBody item = object(itemPath(field, items.size()), node);
      items.add(reader.apply(item));
      item.done();
    }
    return items;
  }

  /** A list of strings in the form that {@code parser} knows, empty if absent. */
  public <T> List<T> strings(String field, int maxItems, Function<String, T> parser) {
    List<T> items = new ArrayList<>();
    for (JsonNode node : array(field, maxItems)) {
      String itemField = "%s[%d]".formatted(field, items.size());
      items.add(apply(itemField, text(itemField, node), parser));
    }
    return items;
  }

  /** Whether the field is there, even as {@code null}. */
  public boolean has(String field) {
    return object.has(field);
  }

  /** A string that a patch may change but not clear. */
  public <T> Optional<T> patched(String field, Function<String, T> parser) {
    requireNotCleared(field);
    return optional(field, parser);
  }

  /** A flag that a patch may change but not clear. */
  public Optional<Boolean> patchedFlag(String field) {
    requireNotCleared(field);
    return optionalFlag(field);
  }

  /** A list of strings that a patch may replace but not clear by {@code null}. */
  public <T> Optional<List<T>> patchedStrings(
      String field, int maxItems, Function<String, T> parser) {
    requireNotCleared(field);
    return has(field) ? Optional.of(strings(field, maxItems, parser)) : Optional.empty();
  }

  /** A string that a patch may change, or clear by {@code null}: then the inner is empty. */
  public <T> Optional<Optional<T>> clearable(String field, Function<String, T> parser) {
    return has(field) ? Optional.of(optional(field, parser)) : Optional.empty();
  }

  /** A whole number that a patch may change, or clear by {@code null}. */
  public Optional<Optional<Long>> clearableWhole(String field, LongUnaryOperator check) {
    return has(field) ? Optional.of(optionalWhole(field, check)) : Optional.empty();
  }

  /** Refuses a field that nobody has read. */
  public void done() {
    for (String name : (Iterable<String>) object::fieldNames) {
      if (!read.contains(name)) {
        throw refuse(name, "unknown field");
      }
    }
  }

  /** A refusal that names a field of this object, for checks that span several fields. */
  public ProblemException refuse(String field, String detail) {
    return new ProblemException(Problem.invalid(pathOf(field), detail));
  }

  private Optional<JsonNode> value(String field) {
    read.add(field);
    JsonNode node = object.get(field);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private void requireNotCleared(String field) {
    if (object.path(field).isNull()) {
      throw refuse(field, "cannot be null");
    }
  }

  private Iterable<JsonNode> array(String field, int maxItems) {
    Optional<JsonNode> node = value(field);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!node.get().isArray()) {
      throw refuse(field, "must be a list");
    }
    if (node.get().size() > maxItems) {
      throw refuse(field, "has %d items, at most %d".formatted(node.get().size(), maxItems));
    }
    return node.get();
  }

  private static JsonBody object(String path, JsonNode node) {
    if (!node.isObject()) {
      throw new ProblemException(Problem.invalid(path, "must be an object"));
    }
    return new JsonBody(node, path);
  }

  private String text(String field, JsonNode node) {
    if (!node.isTextual()) {
      throw refuse(field, "must be a string");
    }
    return node.textValue();
  }

  private boolean flag(String field, JsonNode node) {
    if (!node.isBoolean()) {
      throw refuse(field, "must be true or false");
    }
    return node.booleanValue();
  }

  private OptionalDouble number(String field, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw refuse(field, "must be a number");
    }
    return OptionalDouble.of(node.doubleValue());
  }

  private long whole(String field, JsonNode node, LongUnaryOperator check) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw refuse(field, "must be a whole number");
    }
    try {
      return check.applyAsLong(node.longValue());
    } catch (IllegalArgumentException outOfRange) {
      throw refuse(field, outOfRange.getMessage());
    }
  }

  private <T> T apply(String field, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrongForm) {
      throw refuse(field, wrongForm.getMessage());
    }
  }

  private ProblemException missing(String field) {
    return refuse(field, "is required");
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private String itemPath(String field, int index) {
    return "%s[%d]".formatted(pathOf(field), index);
  }

  /** Names the field where the parser stood, and the place, but quotes nothing of the body. */
  private static Problem describe(JsonProcessingException malformed) {
    String detail = withoutClasses(malformed.getOriginalMessage());
    if (malformed.getLocation() != null) {
      detail +=
          " (line %d, column %d)"
              .formatted(
                  malformed.getLocation().getLineNr(), malformed.getLocation().getColumnNr());
    }
    String pointer =
        malformed.getProcessor() instanceof JsonParser parser
            ? parser.getParsingContext().pathAsPointer().toString()
            : "";
    return pointer.isEmpty() ? Problem.invalid(detail) : Problem.invalid(fieldOf(pointer), detail);
  }

  /** Jackson puts the names of its classes and settings behind what is wrong. */
  private static String withoutClasses(String message) {
    String first =
        message.split(" \\(bound as| \\(for | \\(start marker|: not allowed as per|\n", 2)[0];
    return first.indexOf('`') < 0 ? first : "the body is not JSON";
  }

  /** {@code /add/3/edgeA} as {@code add[3].edgeA}. */
  private static String fieldOf(String pointer) {
    return pointer.substring(1).replaceAll("/(\\d+)(?=/|$)", "[$1]").replace('/', '.');
  }
}
