package io.linkwright.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.schemas.BundledSchemaRegistry.Entry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;

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

  private static final ObjectMapper JSON = new ObjectMapper();

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
    try {
      return switch (method) {
        case "GET" -> ok(get(segments));
        case "POST" -> ok(post(segments, body));
        default -> throw RegistryRefusal.methodNotAllowed();
      };
    } catch (RegistryRefusal refused) {
      ObjectNode error = JSON.createObjectNode();
      error.put("error_code", refused.errorCode()).put("message", refused.getMessage());
      return new Answer(refused.status(), error.toString());
    }
  }

  private JsonNode get(List<String> path) throws RegistryRefusal {
    return switch (path.getFirst()) {
      case "" -> JSON.createObjectNode();
      case "subjects" -> path.size() == 1 ? subjects() : getSubject(path);
      case "schemas" -> getSchema(path);
      case "config" -> compatibility(path);
      case "mode" -> JSON.createObjectNode().put("mode", "READONLY");
      default -> throw RegistryRefusal.noSuchPath();
    };
  }

  private JsonNode getSubject(List<String> path) throws RegistryRefusal {
    requirePath(path.size() <= 5 && segment(path, 2).equals("versions"));
    List<Entry> entries = entriesOf(path.get(1));
    if (path.size() == 3) {
      return versions(entries);
    }
    Entry entry = version(entries, path.get(3));
    if (path.size() == 4) {
      return full(entry);
    }
    requirePath(path.get(4).equals("schema"));
    return text(entry);
  }

  private JsonNode getSchema(List<String> path) throws RegistryRefusal {
    if (path.equals(List.of("schemas", "types"))) {
      return JSON.createArrayNode().add("AVRO");
    }
    requirePath(segment(path, 1).equals("ids") && (path.size() == 3 || path.size() == 4));
    Entry entry = entry(path.get(2));
    return switch (segment(path, 3)) {
      case "" -> JSON.createObjectNode().put("schema", entry.schema().toString());
      case "schema" -> text(entry);
      case "subjects" -> JSON.createArrayNode().add(entry.subject());
      case "versions" ->
          JSON.createArrayNode()
              .add(
                  JSON.createObjectNode()
                      .put("subject", entry.subject())
                      .put("version", entry.version()));
      default -> throw RegistryRefusal.noSuchPath();
    };
  }

  private JsonNode post(List<String> path, String body) throws RegistryRefusal {
    boolean isLookUp = path.size() == 2;
    boolean isRegistration = path.size() == 3 && path.get(2).equals("versions");
    requirePath(path.getFirst().equals("subjects") && (isLookUp || isRegistration));
    String subject = path.get(1);
    Optional<Entry> known = find(subject, body);
    if (isRegistration) {
      int id = known.orElseThrow(() -> RegistryRefusal.readOnly(subject)).id();
      return JSON.createObjectNode().put("id", id);
    }
    entriesOf(subject);
    return full(known.orElseThrow(RegistryRefusal::unknownSchema));
  }

  private Optional<Entry> find(String subject, String body) throws RegistryRefusal {
    try {
      JsonNode schema = JSON.readTree(body).path("schema");
      return registry.find(subject, SchemaTexts.parse(schema.asText()));
    } catch (JsonProcessingException | AvroRuntimeException unreadable) {
      throw RegistryRefusal.invalidSchema();
    }
  }

  private JsonNode subjects() {
    ArrayNode names = JSON.createArrayNode();
    registry.entries().stream().map(Entry::subject).distinct().sorted().forEach(names::add);
    return names;
  }

  private List<Entry> entriesOf(String subject) throws RegistryRefusal {
    List<Entry> entries =
        registry.entries().stream().filter(entry -> entry.subject().equals(subject)).toList();
    if (entries.isEmpty()) {
      throw RegistryRefusal.unknownSubject(subject);
    }
    return entries;
  }

  private Entry entry(String id) throws RegistryRefusal {
    return registry.entries().stream()
        .filter(entry -> Integer.toString(entry.id()).equals(id))
        .findFirst()
        .orElseThrow(() -> RegistryRefusal.unknownId(id));
  }

  private static Entry version(List<Entry> entries, String version) throws RegistryRefusal {
    if (version.equals("latest") || version.equals("-1")) {
      return entries.getLast();
    }
    return entries.stream()
        .filter(entry -> Integer.toString(entry.version()).equals(version))
        .findFirst()
        .orElseThrow(() -> RegistryRefusal.unknownVersion(version));
  }

  private JsonNode compatibility(List<String> path) throws RegistryRefusal {
    requirePath(path.size() <= 2);
    if (path.size() == 2) {
      entriesOf(path.get(1));
    }
    return JSON.createObjectNode().put("compatibilityLevel", HttpSchemaRegistry.COMPATIBILITY);
  }

  private static JsonNode versions(List<Entry> entries) {
    ArrayNode versions = JSON.createArrayNode();
    entries.forEach(entry -> versions.add(entry.version()));
    return versions;
  }

  private static JsonNode full(Entry entry) {
    return JSON.createObjectNode()
        .put("subject", entry.subject())
        .put("id", entry.id())
        .put("version", entry.version())
        .put("schema", entry.schema().toString());
  }

  private static JsonNode text(Entry entry) {
    try {
      return JSON.readTree(entry.schema().toString());
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", broken);
    }
  }

  private static void requirePath(boolean exists) throws RegistryRefusal {
    if (!exists) {
      throw RegistryRefusal.noSuchPath();
    }
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
