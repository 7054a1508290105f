package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.domain.address.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is sent into the tunnels, and how much of it at once. */
final class ProbesTest {
  private static final IpAddress FIRST = IpAddress.parse("10.77.0.0");

  private final List<Command> commands = new ArrayList<>();
  private final Probes probes =
      new Probes(
          command -> {
            commands.add(command);
            return CommandResult.success("");
          });

  @Test
  void everyPeerGetsOne() {
    List<IpAddress> peers = peers(1_000);

    probes.send(peers);

    List<String> packets =
        script().lines().filter(line -> line.startsWith("echo >/dev/udp/")).toList();
    assertThat(packets)
        .containsExactlyElementsOf(peers.stream().map("echo >/dev/udp/%s/9"::formatted).toList());
  }

  @Test
  void neverMoreThanAQueueHoldsWithoutAPause() {
    probes.send(peers(1_000));

    assertThat(Arrays.asList(script().split("sleep 0.02\n")))
        .hasSize(1_000 / Probes.SENT_TOGETHER + 1)
        .allMatch(together -> together.lines().count() <= Probes.SENT_TOGETHER);
  }

  @Test
  void aFewAreSentWithoutAPause() {
    probes.send(peers(Probes.SENT_TOGETHER));

    assertThat(script()).doesNotContain("sleep");
  }

  @Test
  void nobodyToProbeRunsNothing() {
    probes.send(List.of());

    assertThat(commands).isEmpty();
  }

  private String script() {
    assertThat(commands).hasSize(1);
    assertThat(commands.getFirst().purpose()).isEqualTo(Command.Purpose.PROBE);
    return commands.getFirst().input().orElseThrow();
  }

  private static List<IpAddress> peers(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(FIRST::plus).toList();
  }
}
