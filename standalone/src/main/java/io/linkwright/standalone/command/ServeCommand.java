package io.linkwright.standalone.command;

import picocli.CommandLine.Command;

/** {@code linkwright serve}: an installation of more than one process. */
@Command(
    name = "serve",
    description = {
      "Run one service in a process of its own. All but the console work on a Kafka cluster.",
      "Any number of each may run; /livez, /readyz and /metrics are on every one. SIGTERM ends it."
    },
    synopsisSubcommandLabel = "(command-service | topology-stream | config-pusher | console)",
    subcommands = {
      ServeCommandServiceCommand.class,
      ServeTopologyStreamCommand.class,
      ServeConfigPusherCommand.class,
      ServeConsoleCommand.class
    })
final class ServeCommand {
  private ServeCommand() {}
}
