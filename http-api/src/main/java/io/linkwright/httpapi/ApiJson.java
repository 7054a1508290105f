package io.linkwright.httpapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;

/**
 * Answers as JSON. Reading is lenient, since a newer server may say more: unknown members are
 * passed over. What an answer always has must be there.
 */
public final class ApiJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              // A request has a virtual thread to itself: buffers kept by threads serve once.
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedBoundedPool()).build())
          .addModule(new Jdk8Module())
          .addModule(new DomainModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private ApiJson() {}

  /** Text is no JSON, or JSON that is not such an answer. */
  public static final class UnreadableAnswerException extends RuntimeException {
    private UnreadableAnswerException(String what, IOException cause) {
      super(what, cause);
    }
  }

  /** An answer as UTF-8. */
  public static byte[] bytes(Object answer) {
    try {
      return MAPPER.writeValueAsBytes(answer);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("an answer can be written", impossible);
    }
  }

  /** An answer as a tree. */
  public static ObjectNode tree(Object answer) {
    return MAPPER.valueToTree(answer);
  }

  /**
   * Reads an answer out of UTF-8.
   *
   * @throws UnreadableAnswerException if it is none of this type
   */
  public static <T> T read(byte[] text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (IOException notOurs) {
      throw unreadable(type, notOurs);
    }
  }

  /**
   * Reads an answer out of a tree.
   *
   * @throws UnreadableAnswerException if it is none of this type
   */
  public static <T> T readTree(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException notOurs) {
      throw unreadable(type, notOurs);
    }
  }

  private static UnreadableAnswerException unreadable(Class<?> type, IOException why) {
    return new UnreadableAnswerException("no %s".formatted(type.getSimpleName()), why);
  }
}
