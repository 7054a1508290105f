package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** What a device needs to join. Shown once: nobody keeps the token. */
final class Ticket {
  private Ticket() {}

  static String text(MemberSubject member, URI server, JsonNode answer) {
    return """

    The token counts once, until %s, and is not shown again:

      %s

    Run this on the device, and give it the token on its standard input, where nobody else sees it.

      ./linkwright-edge join --server %s --group %s --edge %s --token -\
    """
        .formatted(
            answer.path("tokenExpiresAt").asText(),
            answer.path("token").asText(),
            server,
            member.group(),
            member.edge());
  }
}
