package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.kernel.Kernel;
import io.linkwright.agent.driver.kernel.KernelSettings;
import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrerequisitesTest {

  /** A machine with these programs, and a kernel. */
  private record Machine(String userId, Set<String> programs, FakeKernel kernel)
      implements SystemCommands {
    @Override
    public CommandResult run(Command command) {
      List<String> arguments = command.arguments();
      if (!arguments.getFirst().equals("bash")) {
        return kernel.run(command);
      }
      if (arguments.getLast().equals("id -u")) {
        return CommandResult.success(userId + "\n");
      }
      return programs.contains(arguments.getLast())
          ? CommandResult.success("/usr/bin/" + arguments.getLast())
          : CommandResult.failure(1, "");
    }
  }

  @Test
  void nothingIsMissingWhereAllIsThere() {
    assertThat(missing(new Machine("0", Set.of("ip", "wg"), new FakeKernel()), Optional.empty()))
        .isEmpty();
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnce() {
    assertThat(missing(new Machine("1000", Set.of("ip"), new FakeKernel()), Optional.of("wgo")))
        .containsExactly(
            "not root: interfaces, routes and keys can be set by root only",
            "wg is not installed: apt-get install wireguard-tools",
            "wgo is not installed");
  }

  @Test
  void anInterfaceThatIsTakenIsNamed() {
    FakeKernel kernel = new FakeKernel();
    kernel.byHand("link add dev wg3 type dummy");

    assertThat(missing(new Machine("0", Set.of("ip", "wg"), kernel), Optional.empty()))
        .containsExactly("interface wg3 is there and is not ours (dummy): rename or delete it");
  }

  private static List<String> missing(Machine machine, Optional<String> userSpaceProgram) {
    KernelSettings settings =
        new KernelSettings(
            TunnelProtocol.WIREGUARD,
            List.of("wg2", "wg3"),
            "linkwright:hub",
            List.of(),
            userSpaceProgram);
    return new Prerequisites(machine, TunnelProtocol.WIREGUARD, userSpaceProgram)
        .missing(new Kernel(machine, settings));
  }
}
