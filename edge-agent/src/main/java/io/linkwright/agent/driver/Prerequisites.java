package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.Kernel;
import io.linkwright.agent.driver.kernel.KernelException;
import io.linkwright.agent.driver.kernel.KernelView;
import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a driver needs of its machine. */
record Prerequisites(
    SystemCommands commands, TunnelProtocol protocol, Optional<String> userSpaceProgram) {
  private static final String ROOT = "0";

  /** Program, and the Debian package that brings it. */
  private static final Map<TunnelProtocol, Map<String, String>> PROGRAMS =
      Map.of(
          TunnelProtocol.WIREGUARD, Map.of("ip", "iproute2", "wg", "wireguard-tools"),
          TunnelProtocol.IPSEC, Map.of("ip", "iproute2"));

  /** In words, most fundamental first; what follows from something else missing is left out. */
  List<String> missing(Kernel kernel) {
    CommandResult user = commands.run(Command.read("bash", "-c", "id -u"));
    if (!user.succeeded()) {
      return List.of("bash cannot be run: " + user.reason());
    }
    List<String> missing = new ArrayList<>();
    if (!user.output().strip().equals(ROOT)) {
      missing.add("not root: interfaces, routes and keys can be set by root only");
    }
    PROGRAMS.get(protocol).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(program -> !isInstalled(program.getKey()))
        .forEach(
            program ->
                missing.add(
                    "%s is not installed: apt-get install %s"
                        .formatted(program.getKey(), program.getValue())));
    userSpaceProgram
        .filter(program -> !isInstalled(program))
        .ifPresent(program -> missing.add(program + " is not installed"));
    if (missing.isEmpty()) {
      missing.addAll(taken(kernel));
    }
    return List.copyOf(missing);
  }

  private static List<String> taken(Kernel kernel) {
    try {
      KernelView view = kernel.read();
      return view.taken().entrySet().stream()
          .map(
              entry ->
                  "interface %s is there and is not ours (%s): rename or delete it"
                      .formatted(entry.getKey(), entry.getValue()))
          .sorted()
          .toList();
    } catch (KernelException failed) {
      return List.of(failed.getMessage());
    }
  }

  private boolean isInstalled(String program) {
    return commands.run(Command.read("bash", "-c", "command -v \"$0\"", program)).succeeded();
  }
}
