package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.KeyStory;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of a link: the kernel receives and sends with the keys that the agent reports.
 */
final class KeyGenerationsPropertiesTest {
  private static final int SEEDS = 25;
  private static final int STEPS = 40;

  @Test
  void theKernelHasTheKeysThatTheAgentReports() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      KeyStory story = new KeyStory(random);
      FakeKernel kernel = new FakeKernel();
      KernelDriver driver = driver(story, kernel);
      for (int step = 0; step < STEPS; step++) {
        story.next().ifPresent(plan -> requireApplied(driver.apply(plan)));

        assertThat(spis(kernel)).as("seed %d step %d", seed, step).isEqualTo(expected(story));
      }
    }
  }

  @Test
  void anAgentThatBeginsAnewGoesOnWithTheKeysItHad() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      KeyStory story = new KeyStory(random);
      FakeKernel kernel = new FakeKernel();
      KernelDriver driver = driver(story, kernel);
      for (int step = 0; step < STEPS; step++) {
        Optional<TunnelPlan> plan = story.next();
        if (random.nextInt(4) == 0) {
          driver.close();
          driver = driver(story, kernel);
          for (var resumed : story.resumption()) {
            requireApplied(driver.apply(resumed));
          }
          var _ = driver.reconcile();
        } else if (plan.isPresent()) {
          requireApplied(driver.apply(plan.get()));
        }

        assertThat(spis(kernel)).as("seed %d step %d", seed, step).isEqualTo(expected(story));
      }
    }
  }

  private static KernelDriver driver(KeyStory story, FakeKernel kernel) {
    return Drivers.on(
        kernel,
        TunnelProtocol.IPSEC,
        DriverSettings.of(KeyStory.SELF, story.keys()),
        Optional.empty(),
        _ -> Map.of(),
        DriverClock.SYSTEM);
  }

  private static void requireApplied(ApplyResult result) {
    assertThat(result).isEqualTo(new ApplyResult.Applied());
  }

  /** The associations: all that is received with, and the one that is sent with. */
  private static SortedSet<String> expected(KeyStory story) {
    SortedSet<String> spis = new TreeSet<>();
    story.received().forEach(spi -> spis.add("in 0x%08x".formatted(spi)));
    story.sent().forEach(spi -> spis.add("out 0x%08x".formatted(spi)));
    return spis;
  }

  private static SortedSet<String> spis(FakeKernel kernel) {
    SortedSet<String> spis = new TreeSet<>();
    kernel
        .xfrm()
        .associations()
        .forEach(
            association ->
                spis.add(
                    (association.get("dst").equals("192.0.2.1") ? "in " : "out ")
                        + association.get("spi")));
    kernel.xfrm().outboundSpis().forEach(spi -> assertThat(spis).contains("out " + spi));
    return spis;
  }
}
