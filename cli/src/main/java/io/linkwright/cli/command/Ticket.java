package io.linkwright.cli.command;

import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.httpapi.receipt.InvitationReceipt;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What a device needs to join. Shown once: nobody keeps the token. */
final class Ticket {
  private Ticket() {}

  /** Nothing if there is no token: of a dry run, or of a member that needs none. */
  static Optional<String> text(MemberSubject member, URI server, InvitationReceipt receipt) {
    return receipt.token().map(token -> text(member, server, receipt, token));
  }

  private static String text(
      MemberSubject member, URI server, InvitationReceipt receipt, EnrollmentToken token) {
    return """

    The token counts once, until %s, and is not shown again:

      %s

    Run this on the device, and give it the token on its standard input, where nobody else sees it.

      ./linkwright-edge join --server %s --group %s --edge %s --token -\
    """
        .formatted(
            receipt.member().tokenExpiresAt().map(Instant::toString).orElse(""),
            token.reveal(),
            server,
            member.group(),
            member.edge());
  }
}
