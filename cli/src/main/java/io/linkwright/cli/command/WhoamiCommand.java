package io.linkwright.cli.command;

import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.CallerAnswer;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright whoami}. */
@Command(
    name = "whoami",
    description = "Say who the server takes you for, and what you may do there.")
final class WhoamiCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      output.writeText(api.get(ApiPaths.WHOAMI, CallerAnswer.class), WhoamiCommand::text);
    }
    return 0;
  }

  private static String text(CallerAnswer caller) {
    if (caller.provedBy().equals("unauthenticated")) {
      return "nobody in particular: this server does not ask who is calling";
    }
    String roles =
        caller.grants().isEmpty()
            ? "no role, may do nothing"
            : caller.grants().stream().map(WhoamiCommand::words).collect(Collectors.joining("; "));
    return Printable.of("%s: %s".formatted(caller.actor(), roles));
  }

  private static String words(CallerAnswer.Grant grant) {
    return grant.groups().isEmpty()
        ? grant.role()
        : "%s of %s".formatted(grant.role(), String.join(", ", grant.groups()));
  }
}
