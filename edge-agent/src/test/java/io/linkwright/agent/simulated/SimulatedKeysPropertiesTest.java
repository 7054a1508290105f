package io.linkwright.agent.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.KeyStory;
import io.linkwright.agent.tunnel.ApplyResult;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same as of the kernel's driver: it receives and sends with the keys the agent reports. */
final class SimulatedKeysPropertiesTest {
  private static final int SEEDS = 12;
  private static final int STEPS = 30;
  private static final ProbeLimits NO_REPEAT = new ProbeLimits(2_000, Duration.ofHours(1), 1);

  @Test
  void theNetworkHasTheKeysThatTheAgentReports() {
    for (int seed = 0; seed < SEEDS; seed++) {
      KeyStory story = new KeyStory(new Random(seed));
      try (SimulatedNetwork network = SimulatedNetwork.start(NO_REPEAT)) {
        SimulatedDriver driver = network.driver(KeyStory.SELF, story.keys());
        driver.start(_ -> {});
        for (int step = 0; step < STEPS; step++) {
          story
              .next()
              .ifPresent(
                  plan -> assertThat(driver.apply(plan)).isEqualTo(new ApplyResult.Applied()));
          // The network's thread has done all that came before when this returns.
          network.probeAll();

          assertThat(received(driver))
              .as("received, seed %d step %d", seed, step)
              .isEqualTo(story.received());
          assertThat(sent(driver)).as("sent, seed %d step %d", seed, step).isEqualTo(story.sent());
          assertThat(driver.heldSpis())
              .as("held, seed %d step %d", seed, step)
              .isEqualTo(story.received());
        }
      }
    }
  }

  private static Set<Long> received(SimulatedDriver driver) {
    return driver.inbound().values().stream()
        .map(held -> held.keys().inboundSpi().orElseThrow())
        .collect(Collectors.toSet());
  }

  private static Set<Long> sent(SimulatedDriver driver) {
    return driver.inbound().values().stream()
        .map(held -> ((PacketKeys.Esp) held.tunnel().outbound()).spi())
        .collect(Collectors.toSet());
  }
}
