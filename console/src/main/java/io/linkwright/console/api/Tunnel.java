package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What carries a link.
 *
 * @param index 0 primary, 1 secondary
 * @param status UP, DOWN or UNKNOWN
 * @param statusText for people, in the words of the protocol
 */
public record Tunnel(int index, String interfaceName, String status, String statusText) {

  static Tunnel of(JsonNode json) {
    return new Tunnel(
        json.path("index").asInt(),
        json.path("interface").asText(),
        json.path("status").asText("UNKNOWN"),
        json.path("statusText").asText());
  }

  /** Which of the two, for people. */
  public String indexWords() {
    return index == 0 ? "Primary (0)" : "Secondary (1)";
  }
}
