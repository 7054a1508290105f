package io.linkwright.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry that speaks Confluent's REST API: Confluent's own, Apicurio ({@code
 * /apis/ccompat/v7}), Karapace, Redpanda. Uses the least that they have in common: requests carry
 * nothing but {@code schema}, unknown fields of answers are ignored, schemas are compared parsed.
 *
 * <p>A schema that is new to its subject is registered, with the subject's compatibility set to
 * {@value #COMPATIBILITY}: a reader of this schema can read all that was ever written, as a log
 * that is kept for ever demands; and new kinds of events can be added.
 *
 * <p>Thread-safe. Every answer is kept, so that a registry that fails later stops nothing that goes
 * on with the same schemas.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
  /** Compatibility level of subjects. */
  public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryHttp http;
  private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  private record SubjectSchema(String subject, Schema schema) {}

  /**
   * A registry at any of these base URLs; the next is tried when one fails.
   *
   * @throws IllegalArgumentException if there is none
   */
  public HttpSchemaRegistry(List<URI> urls) {
    this.http = new RegistryHttp(urls);
  }

  @Override
  public int idOf(String subject, Schema schema) {
    SubjectSchema wanted = new SubjectSchema(subject, SchemaTexts.plain(schema));
    Integer known = ids.get(wanted);
    if (known != null) {
      return known;
    }
    int found = lookUpOrRegister(wanted);
    ids.put(wanted, found);
    return found;
  }

  @Override
  public Schema schema(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Schema fetched = fetch(id);
    schemas.put(id, fetched);
    return fetched;
  }

  private int lookUpOrRegister(SubjectSchema wanted) {
    int id = lookUp(wanted).orElseGet(() -> register(wanted));
    Schema registered = schema(id);
    if (!registered.equals(wanted.schema())) {
      throw new SchemaRegistryException(
          "the registry answers id %d for subject %s, but that id is another schema, %s"
              .formatted(id, wanted.subject(), registered.getFullName()));
    }
    return id;
  }

  private Optional<Integer> lookUp(SubjectSchema wanted) {
    RegistryReply reply = http.post(subjectPath(wanted.subject()), schemaBody(wanted.schema()));
    if (reply.isNotFound()) {
      return Optional.empty();
    }
    return Optional.of(id(reply));
  }

  /**
   * A subject that exists gets its level before, so that the registry checks with it; a new one
   * after, because some registries know no level of a subject without schemas.
   */
  private int register(SubjectSchema wanted) {
    boolean exists = !http.get(subjectPath(wanted.subject()) + "/versions").isNotFound();
    if (exists) {
      setCompatibility(wanted.subject());
    }
    int id =
        id(http.post(subjectPath(wanted.subject()) + "/versions", schemaBody(wanted.schema())));
    if (!exists) {
      setCompatibility(wanted.subject());
    }
    return id;
  }

  private void setCompatibility(String subject) {
    ObjectNode body = JSON.createObjectNode().put("compatibility", COMPATIBILITY);
    http.put("/config/" + encode(subject), body.toString()).requireOk();
  }

  private Schema fetch(int id) {
    RegistryReply reply = http.get("/schemas/ids/" + id);
    if (reply.isNotFound()) {
      throw new UnknownSchemaException(
          "the schema registry does not know id %d; was the record written with another registry?"
              .formatted(id));
    }
    JsonNode schema = reply.requireOk().path("schema");
    if (!schema.isTextual()) {
      throw new SchemaRegistryException(
          "the registry answered %s without a schema".formatted(reply.request()));
    }
    try {
      return SchemaTexts.plain(SchemaTexts.parse(schema.asText()));
    } catch (SchemaParseException notAvro) {
      // A registry holds others' schemas too, of JSON and Protobuf among them.
      throw new SerializationException(
          "the registry's schema id %d is not an Avro schema".formatted(id), notAvro);
    }
  }

  private static int id(RegistryReply reply) {
    JsonNode id = reply.requireOk().path("id");
    if (!id.canConvertToInt() || id.intValue() < 1) {
      throw new SchemaRegistryException(
          "the registry answered %s without the id of a schema".formatted(reply.request()));
    }
    return id.intValue();
  }

  private static String schemaBody(Schema schema) {
    return JSON.createObjectNode().put("schema", schema.toString()).toString();
  }

  private static String subjectPath(String subject) {
    return "/subjects/" + encode(subject);
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }
}
