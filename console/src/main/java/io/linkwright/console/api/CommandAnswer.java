package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.client.ApiProblem;

/** What became of a command. */
public sealed interface CommandAnswer {

  /**
   * It is on the log.
   *
   * @param body of the answer
   */
  record Done(JsonNode body) implements CommandAnswer {}

  /** Nothing was done. */
  record Refused(ApiProblem problem) implements CommandAnswer {}

  /**
   * Nobody knows whether it was done: only a repetition under the same key tells.
   *
   * @param reason for people
   */
  record Unknown(String reason) implements CommandAnswer {}
}
