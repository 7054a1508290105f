package io.linkwright.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON that clients send: one mapper, strict in what it reads and bounded in what it takes. */
public final class Json {
  /** Objects and arrays inside each other. */
  public static final int MAX_NESTING_DEPTH = 16;

  /** Characters of one string. */
  public static final int MAX_STRING_LENGTH = 64 * 1024;

  /** Characters of one number. */
  public static final int MAX_NUMBER_LENGTH = 64;

  /** Characters of one field's name. */
  public static final int MAX_NAME_LENGTH = 256;

  private static final ObjectMapper MAPPER = createMapper();

  private Json() {}

  /**
   * The shared mapper, thread-safe. Refuses duplicate keys, text after the value, and anything
   * beyond the bounds above.
   */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper createMapper() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_NESTING_DEPTH)
            .maxStringLength(MAX_STRING_LENGTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxNameLength(MAX_NAME_LENGTH)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(bounds)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // A request has a virtual thread to itself: buffers kept by threads serve once.
            .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
