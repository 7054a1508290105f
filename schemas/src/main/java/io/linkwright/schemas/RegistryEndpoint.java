package io.linkwright.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.linkwright.schemas.BundledSchemaRegistry.Entry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The bundled schemas as a registry answers for them: the read-only part of Confluent's REST API,
 * enough for any Confluent client to decode Linkwright's records, and to write them with the
 * schemas as they are. Registering anything else is refused.
 *
 * <p>A pure function of the request; the caller mounts it on its HTTP server and bounds the body.
 */
public final class RegistryEndpoint {
  /** Content type of every answer. */
  public static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private static final ObjectMapper READER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final BundledSchemaRegistry registry;

  /**
   * What to answer.
   *
   * @param status of HTTP
   * @param json the body
   */
  public record Answer(int status, String json) {}

  /** Answers for these schemas. */
  public RegistryEndpoint(BundledSchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * The answer to a request.
   *
   * @param method of HTTP, in upper case
   * @param path below the mount, percent-encoded, as in {@code /subjects}; a query is ignored
   * @param body empty if there is none
   */
  public Answer answer(String method, String path, String body) {
    List<String> segments = segments(path);
    return switch (method) {
      case "GET" -> get(segments);
      case "POST" -> post(segments, body);
      default -> RegistryErrors.methodNotAllowed();
    };
  }

  private Answer get(List<String> path) {
    return switch (path.getFirst()) {
      case "" -> ok(JSON.objectNode());
      case "subjects" -> path.size() == 1 ? ok(subjects()) : getSubject(path);
      case "schemas" -> getSchema(path);
      case "config" -> getCompatibility(path);
      case "mode" -> ok(JSON.objectNode().put("mode", "READONLY"));
      default -> RegistryErrors.noSuchPath();
    };
  }

  /** {@code /subjects/S/versions}, {@code .../V} and {@code .../V/schema}. */
  private Answer getSubject(List<String> path) {
    if (!segment(path, 2).equals("versions") || path.size() > 5) {
      return RegistryErrors.noSuchPath();
    }
    List<Entry> entries = entriesOf(path.get(1));
    if (entries.isEmpty()) {
      return RegistryErrors.unknownSubject(path.get(1));
    }
    if (path.size() == 3) {
      return ok(versions(entries));
    }
    return version(entries, path.get(3))
        .map(entry -> getVersion(entry, segment(path, 4)))
        .orElseGet(() -> RegistryErrors.unknownVersion(path.get(3)));
  }

  private static Answer getVersion(Entry entry, String part) {
    return switch (part) {
      case "" -> ok(full(entry));
      case "schema" -> new Answer(200, entry.schema().toString());
      default -> RegistryErrors.noSuchPath();
    };
  }

  /** {@code /schemas/types}, {@code /schemas/ids/N} and {@code .../N/schema} and the like. */
  private Answer getSchema(List<String> path) {
    if (path.equals(List.of("schemas", "types"))) {
      return ok(JSON.arrayNode().add("AVRO"));
    }
    if (!segment(path, 1).equals("ids") || path.size() < 3 || path.size() > 4) {
      return RegistryErrors.noSuchPath();
    }
    return registry.entries().stream()
        .filter(entry -> Integer.toString(entry.id()).equals(path.get(2)))
        .findFirst()
        .map(entry -> getById(entry, segment(path, 3)))
        .orElseGet(() -> RegistryErrors.unknownId(path.get(2)));
  }

  private static Answer getById(Entry entry, String part) {
    return switch (part) {
      case "" -> ok(JSON.objectNode().put("schema", entry.schema().toString()));
      case "schema" -> new Answer(200, entry.schema().toString());
      case "subjects" -> ok(JSON.arrayNode().add(entry.subject()));
      case "versions" ->
          ok(
              JSON.arrayNode()
                  .add(
                      JSON.objectNode()
                          .put("subject", entry.subject())
                          .put("version", entry.version())));
      default -> RegistryErrors.noSuchPath();
    };
  }

  private Answer getCompatibility(List<String> path) {
    if (path.size() > 2) {
      return RegistryErrors.noSuchPath();
    }
    if (path.size() == 2 && entriesOf(path.get(1)).isEmpty()) {
      return RegistryErrors.unknownSubject(path.get(1));
    }
    return ok(JSON.objectNode().put("compatibilityLevel", HttpSchemaRegistry.COMPATIBILITY));
  }

  /** {@code /subjects/S} looks a schema up, {@code /subjects/S/versions} would register it. */
  private Answer post(List<String> path, String body) {
    boolean registers = path.size() == 3 && path.get(2).equals("versions");
    if (!path.getFirst().equals("subjects") || !(registers || path.size() == 2)) {
      return RegistryErrors.noSuchPath();
    }
    return schema(body)
        .map(schema -> registers ? register(path.get(1), schema) : lookUp(path.get(1), schema))
        .orElseGet(RegistryErrors::invalidSchema);
  }

  private Answer register(String subject, Schema schema) {
    return registry
        .find(subject, schema)
        .map(entry -> ok(JSON.objectNode().put("id", entry.id())))
        .orElseGet(() -> RegistryErrors.readOnly(subject));
  }

  private Answer lookUp(String subject, Schema schema) {
    if (entriesOf(subject).isEmpty()) {
      return RegistryErrors.unknownSubject(subject);
    }
    return registry
        .find(subject, schema)
        .map(entry -> ok(full(entry)))
        .orElseGet(RegistryErrors::unknownSchema);
  }

  private static Optional<Schema> schema(String body) {
    try {
      return Optional.of(SchemaTexts.parse(READER.readTree(body).path("schema").asText()));
    } catch (JsonProcessingException | AvroRuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private List<Entry> entriesOf(String subject) {
    return registry.entries().stream().filter(entry -> entry.subject().equals(subject)).toList();
  }

  private static Optional<Entry> version(List<Entry> entries, String version) {
    if (version.equals("latest") || version.equals("-1")) {
      return Optional.of(entries.getLast());
    }
    return entries.stream()
        .filter(entry -> Integer.toString(entry.version()).equals(version))
        .findFirst();
  }

  private ArrayNode subjects() {
    ArrayNode names = JSON.arrayNode();
    registry.entries().stream().map(Entry::subject).distinct().sorted().forEach(names::add);
    return names;
  }

  private static ArrayNode versions(List<Entry> entries) {
    ArrayNode versions = JSON.arrayNode();
    entries.forEach(entry -> versions.add(entry.version()));
    return versions;
  }

  private static JsonNode full(Entry entry) {
    return JSON.objectNode()
        .put("subject", entry.subject())
        .put("id", entry.id())
        .put("version", entry.version())
        .put("schema", entry.schema().toString());
  }

  private static String segment(List<String> path, int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /** At least one segment; an empty one for the root. */
  private static List<String> segments(String path) {
    int query = path.indexOf('?');
    String plain = (query < 0 ? path : path.substring(0, query)).replaceAll("^/+|/+$", "");
    return Arrays.stream(plain.split("/", -1)).map(RegistryEndpoint::decode).toList();
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return segment;
    }
  }

  private static Answer ok(JsonNode body) {
    return new Answer(200, body.toString());
  }
}
