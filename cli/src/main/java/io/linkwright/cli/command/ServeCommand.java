package io.linkwright.cli.command;

import picocli.CommandLine.Command;

/** {@code linkwright serve}: an installation of more than one process. */
@Command(
    name = "serve",
    description = {
      "Run one service in a process of its own, against a Kafka cluster.",
      "Any number of each may run; /livez, /readyz and /metrics are on every one. SIGTERM ends it."
    },
    synopsisSubcommandLabel = "(command-service | topology-stream | config-pusher)",
    subcommands = {
      ServeCommandServiceCommand.class,
      ServeTopologyStreamCommand.class,
      ServeConfigPusherCommand.class
    })
final class ServeCommand {
  private ServeCommand() {}
}
