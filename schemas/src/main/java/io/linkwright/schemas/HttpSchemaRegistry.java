package io.linkwright.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.schemas.KnownSchemas.SubjectSchema;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
 * <p>Thread-safe. Every answer is kept, on disk if there is a place for it, so that a registry that
 * fails later stops nothing that goes on with the same schemas.
 *
 * <p>Several processes may start with an empty registry at once. One of them is told that another
 * was first (409), and looks again what there is.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
  /** Compatibility level of subjects. */
  public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

  /** Settings of a level that another process may be changing too. */
  private static final int MAX_LEVEL_ATTEMPTS = 5;

  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryHttp http;
  private final KnownSchemas known;

  /**
   * A registry at any of these base URLs; the next is tried when one fails.
   *
   * @throws IllegalArgumentException if there is none
   */
  public HttpSchemaRegistry(List<URI> urls) {
    this(urls, KnownSchemas.inMemory(urls));
  }

  /**
   * The same, and what it answers is kept in a directory.
   *
   * @throws IllegalArgumentException if there is no URL
   */
  public HttpSchemaRegistry(List<URI> urls, Path directory) {
    this(urls, KnownSchemas.in(directory, urls));
  }

  private HttpSchemaRegistry(List<URI> urls, KnownSchemas known) {
    this.http = new RegistryHttp(urls);
    this.known = known;
  }

  @Override
  public int idOf(String subject, Schema schema) {
    SubjectSchema wanted = new SubjectSchema(subject, SchemaTexts.plain(schema));
    Optional<Integer> kept = known.idOf(wanted);
    if (kept.isPresent()) {
      return kept.get();
    }
    int found = lookUpOrRegister(wanted);
    known.keep(wanted, found);
    return found;
  }

  @Override
  public Schema schema(int id) {
    Optional<Schema> kept = known.schema(id);
    if (kept.isPresent()) {
      return kept.get();
    }
    Schema fetched = fetch(id);
    known.keep(id, fetched);
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
    RegistryReply reply =
        http.post(subjectPath(wanted.subject()) + "/versions", schemaBody(wanted.schema()));
    // Somebody else may have been first. If it is not that, the schema is still not there.
    int id = reply.isConflict() ? lookUp(wanted).orElseGet(() -> id(reply)) : id(reply);
    if (!exists) {
      setCompatibility(wanted.subject());
    }
    return id;
  }

  private void setCompatibility(String subject) {
    ObjectNode body = JSON.createObjectNode().put("compatibility", COMPATIBILITY);
    RegistryReply reply = http.put("/config/" + encode(subject), body.toString());
    for (int attempt = 1; reply.isConflict() && attempt < MAX_LEVEL_ATTEMPTS; attempt++) {
      if (COMPATIBILITY.equals(http.get("/config/" + encode(subject)).text("compatibilityLevel"))) {
        return;
      }
      reply = http.put("/config/" + encode(subject), body.toString());
    }
    reply.requireOk();
  }

  private Schema fetch(int id) {
    RegistryReply reply = http.get("/schemas/ids/" + id);
    // Any web server says 404: only a registry says which.
    if (reply.isNotFound() && reply.errorCode() == SCHEMA_NOT_FOUND) {
      throw new UnknownSchemaException(
          "the schema registry at %s does not know id %d; was the record written with another registry?"
              .formatted(http.where(), id));
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
