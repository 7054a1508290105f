package io.linkwright.httpapi.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.ApiJson;

/**
 * What a server said.
 *
 * @param json as it stands; a newer server may say more than is known here
 * @param value what of it is known
 */
public record Answer<T>(JsonNode json, Class<T> type, T value) {

  /**
   * An answer of this type.
   *
   * @throws io.linkwright.httpapi.ApiJson.UnreadableAnswerException if it is none
   */
  public static <T> Answer<T> of(JsonNode json, Class<T> type) {
    return new Answer<>(json, type, ApiJson.readTree(json, type));
  }
}
