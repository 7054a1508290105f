package io.linkwright.cli.command;

import picocli.CommandLine.Command;

/** {@code linkwright member show|add|change|remove|token|revoke|rekey}. */
@Command(
    name = "member",
    description = "Show, add, change or remove a member; let its device in, cut it off.",
    synopsisSubcommandLabel = "(show | add | change | remove | token | revoke | rekey)",
    subcommands = {
      MemberShowCommand.class,
      MemberAddCommand.class,
      MemberChangeCommand.class,
      MemberActions.Remove.class,
      MemberTokenCommand.class,
      MemberActions.Revoke.class,
      MemberActions.Rekey.class
    })
final class MemberCommand {
  private MemberCommand() {}
}
