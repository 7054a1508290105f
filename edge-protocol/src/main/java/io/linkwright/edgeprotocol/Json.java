package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as this protocol has it: no duplicate members, nothing after the value, little nesting. */
final class Json {
  private static final int MAX_NESTING = 16;
  private static final int MAX_NUMBER_LENGTH = 20;
  private static final int MAX_NAME_LENGTH = 256;

  /**
   * Of a message. A tree of tokens takes many times the room of its text; the largest message that
   * anybody sends, the status of 20,000 dual links, has half as many.
   */
  private static final long MAX_TOKENS = 1_000_000;

  private static final int EXPECTED_BYTES = 4_096;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxTokenCount(MAX_TOKENS)
                  .maxStringLength(ProtocolLimits.MAX_MESSAGE_LENGTH)
                  .build())
          // Names are link ids in places: interning them would fill a table that never shrinks.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          // Edges are served by virtual threads: buffers kept by threads serve once.
          .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
          .build();

  private static final ObjectReader TREES =
      new ObjectMapper(FACTORY)
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** Writes members of an object. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** UTF-8 bytes of an object: members in the order written, no white space. */
  static byte[] object(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return bytes.toByteArray();
  }

  /** The same as text. */
  static String text(Body body) {
    return new String(object(body), UTF_8);
  }

  /** Reads one object. */
  static JsonFields read(byte[] utf8, int maxBytes) throws ProtocolException {
    requireLength(utf8.length, maxBytes);
    try {
      return JsonFields.of(TREES.readTree(utf8), "");
    } catch (JsonProcessingException malformed) {
      throw notJson(malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  /** Reads one object. */
  static JsonFields read(String text) throws ProtocolException {
    requireLength(text.length(), ProtocolLimits.MAX_MESSAGE_LENGTH);
    try {
      return JsonFields.of(TREES.readTree(text), "");
    } catch (JsonProcessingException malformed) {
      throw notJson(malformed);
    }
  }

  private static void requireLength(int actual, int max) throws ProtocolException {
    if (actual > max) {
      throw new ProtocolException("length %d is over the allowed %d".formatted(actual, max));
    }
  }

  private static ProtocolException notJson(JsonProcessingException malformed) {
    return new ProtocolException("not JSON: " + malformed.getOriginalMessage(), malformed);
  }
}
