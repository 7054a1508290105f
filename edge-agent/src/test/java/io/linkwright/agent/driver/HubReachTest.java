package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.ProcessCommands;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.link.TunnelProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What one more link costs the agent of a hub that has 2,000: always the same commands. How long it
 * takes is printed, for docs/benchmarks.md; each command starts a process as on a real edge, and
 * the kernel is the fake one.
 */
final class HubReachTest {
  private static final int LINKS = 2_000;
  private static final int WARM_UP = 50;
  private static final int MEASURED = 100;

  private final FakeKernel kernel = new FakeKernel();
  private final TestLinks links = new TestLinks(TunnelProtocol.WIREGUARD);
  private final KernelDriver driver =
      Drivers.on(
          new StartingProcesses(kernel),
          TunnelProtocol.WIREGUARD,
          DriverSettings.of(TestLinks.SELF, DriverBench.KEYS),
          Optional.empty(),
          _ -> Map.of(),
          DriverClock.SYSTEM);

  @Test
  void oneMoreLinkIsTwoCommandsHoweverManyThereAre() {
    apply(
        links.set(
            IntStream.range(0, LINKS)
                .mapToObj(peer -> links.link(peer, 1))
                .toArray(PeerLink[]::new)));
    List<Duration> elapsed = new ArrayList<>();
    for (int more = 0; more < WARM_UP + MEASURED; more++) {
      TunnelPlan plan = links.set(links.link(LINKS + more, 1));
      kernel.forgetWrites();
      long startNanos = System.nanoTime();
      apply(plan);
      elapsed.add(Duration.ofNanos(System.nanoTime() - startNanos));

      assertThat(kernel.writes()).hasSize(2);
    }
    print(elapsed.subList(WARM_UP, elapsed.size()));
  }

  private static void print(List<Duration> elapsed) {
    List<Duration> sorted = new ArrayList<>(elapsed);
    Collections.sort(sorted);
    System.out.printf(
        "one more link at a hub of %d: median %.1f ms, max %.1f ms, 2 commands%n",
        LINKS, millis(sorted.get(sorted.size() / 2)), millis(sorted.getLast()));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private void apply(TunnelPlan plan) {
    assertThat(driver.apply(plan)).isEqualTo(new ApplyResult.Applied());
  }

  /** The fake kernel behind programs that do nothing: a process costs what it costs. */
  private record StartingProcesses(FakeKernel kernel) implements SystemCommands {
    private static final SystemCommands PROGRAMS = new ProcessCommands(List.of());

    @Override
    public CommandResult run(Command command) {
      CommandResult started =
          PROGRAMS.run(new Command(command.purpose(), List.of("cat"), command.input()));
      return started.succeeded() ? kernel.run(command) : started;
    }
  }
}
