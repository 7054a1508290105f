package io.linkwright.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * What a registry has answered. Its answers never change, so they are kept, in a file too if there
 * is a place for it: a process that starts while the registry is away reads what it could read
 * before. The file is a cache: one that cannot be read or written, or is of another registry, is as
 * good as none. Thread-safe.
 */
final class KnownSchemas {
  /** Name of the file. */
  static final String FILE = "known-schemas.json";

  /** Schemas kept on disk. An installation has a handful; others' are asked for again. */
  static final int MAX_KEPT = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final String registry;
  private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  /** A schema that is written under a subject. */
  record SubjectSchema(String subject, Schema schema) {}

  private KnownSchemas(Optional<Path> file, List<URI> urls) {
    this.file = file;
    this.registry = String.join(",", urls.stream().map(URI::toString).toList());
  }

  static KnownSchemas inMemory(List<URI> urls) {
    return new KnownSchemas(Optional.empty(), urls);
  }

  /** Kept in a directory that is made if it is not there. */
  static KnownSchemas in(Path directory, List<URI> urls) {
    KnownSchemas known = new KnownSchemas(Optional.of(directory.resolve(FILE)), urls);
    known.load();
    return known;
  }

  Optional<Integer> idOf(SubjectSchema wanted) {
    return Optional.ofNullable(ids.get(wanted));
  }

  Optional<Schema> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  void keep(SubjectSchema subject, int id) {
    ids.put(subject, id);
    save();
  }

  void keep(int id, Schema schema) {
    schemas.put(id, schema);
    save();
  }

  private void load() {
    try {
      JsonNode kept = JSON.readTree(Files.readAllBytes(file.orElseThrow()));
      if (!kept.path("registry").asText().equals(registry)) {
        return;
      }
      for (JsonNode entry : kept.path("schemas")) {
        schemas.put(entry.path("id").intValue(), parse(entry));
      }
      for (JsonNode entry : kept.path("subjects")) {
        ids.put(
            new SubjectSchema(entry.path("subject").asText(), parse(entry)),
            entry.path("id").intValue());
      }
    } catch (IOException | SchemaParseException unreadable) {
      schemas.clear();
      ids.clear();
    }
  }

  private static Schema parse(JsonNode entry) {
    return SchemaTexts.plain(SchemaTexts.parse(entry.path("schema").asText()));
  }

  private synchronized void save() {
    if (file.isEmpty() || schemas.size() > MAX_KEPT) {
      return;
    }
    Path kept = file.get();
    try {
      Files.createDirectories(kept.toAbsolutePath().getParent());
      Path written = Files.createTempFile(kept.toAbsolutePath().getParent(), FILE, ".new");
      Files.write(written, toJson());
      Files.move(
          written, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      // The next answer tries again; without the file, a start needs the registry.
    }
  }

  private byte[] toJson() throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode().put("registry", registry);
    ArrayNode byId = json.putArray("schemas");
    schemas.forEach(
        (id, schema) -> byId.addObject().put("id", id).put("schema", schema.toString()));
    ArrayNode bySubject = json.putArray("subjects");
    ids.forEach(
        (wanted, id) ->
            bySubject
                .addObject()
                .put("subject", wanted.subject())
                .put("id", id)
                .put("schema", wanted.schema().toString()));
    return JSON.writeValueAsBytes(json);
  }
}
