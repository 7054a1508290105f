package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a token counts. */
final class TimeToLiveOption {
  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      description = "How long the token counts, as in PT30M or P7D. Default: PT24H")
  private Optional<String> text;

  ObjectNode body() {
    ObjectNode body = LinkwrightApi.mapper().createObjectNode();
    text.ifPresent(given -> body.put("enrollmentTtl", given));
    return body;
  }
}
