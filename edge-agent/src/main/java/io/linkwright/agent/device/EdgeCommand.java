package io.linkwright.agent.device;

import picocli.CommandLine.Command;

/** {@code linkwright edge join|run|status}: what is done on a device. */
@Command(
    name = "edge",
    description = "Make this machine an edge, run it, see what it holds.",
    synopsisSubcommandLabel = "(join | run | status)",
    subcommands = {EdgeJoinCommand.class, EdgeRunCommand.class, EdgeStatusCommand.class})
public final class EdgeCommand {
  private EdgeCommand() {}
}
