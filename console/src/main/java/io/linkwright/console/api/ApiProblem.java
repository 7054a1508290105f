package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.ProblemCodes;
import java.util.Optional;

/**
 * Why a service refused, read from {@code application/problem+json} (RFC 9457). What the service
 * leaves out is made up from the status, so that there is always something to show.
 */
public record ApiProblem(int status, String code, String detail, Optional<String> field) {

  static ApiProblem of(int status, JsonNode body) {
    return new ApiProblem(
        status,
        body.path("code").asText(ProblemCodes.ofStatus(status)),
        body.path("detail").asText(body.path("title").asText("HTTP status " + status)),
        Optional.ofNullable(body.get("field")).map(JsonNode::asText));
  }
}
