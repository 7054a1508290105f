package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** What a device needs to join. Shown once: nobody keeps the token. */
final class Ticket {
  private Ticket() {}

  static String text(MemberSubject member, URI server, JsonNode answer) {
    return """

    Run this on the device. The token counts once, until %s, and is not shown again.

      ./linkwright edge join --server %s --group %s --edge %s --token %s

    Others on the device can read arguments: with --token - it is read from standard input.\
    """
        .formatted(
            answer.path("tokenExpiresAt").asText(),
            server,
            member.group(),
            member.edge(),
            answer.path("token").asText());
  }
}
