package io.linkwright.cli.command;

import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.InvitationReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright member token}. */
@Command(
    name = "token",
    description = "Make a new token for a member without keys. An older one counts no more.")
final class MemberTokenCommand implements Callable<Integer> {
  @Mixin private MemberSubject member;
  @Mixin private TimeToLiveOption timeToLive;
  @Mixin private ChangeOptions change;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          change.send(
              api,
              ApiCommand.post(member.at(ApiPaths.MEMBER_TOKEN), timeToLive.body()),
              InvitationReceipt.class),
          this::outcome);
    }
    return 0;
  }

  private String outcome(InvitationReceipt receipt) {
    return Ticket.text(member, server.address(), receipt)
        .orElseGet(() -> "a new token for %s".formatted(member.edge()));
  }
}
