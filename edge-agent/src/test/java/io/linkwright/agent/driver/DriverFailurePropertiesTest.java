package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the plans, and wherever the kernel refuses: it is as it was before the plan or as it is
 * to be after it.
 */
final class DriverFailurePropertiesTest {
  private static final int SEEDS = 12;
  private static final int PLANS = 8;
  private static final int PEERS = 4;

  @ParameterizedTest
  @EnumSource
  void theKernelIsAsBeforeOrAsAfter(TunnelProtocol protocol) {
    for (int seed = 0; seed < SEEDS; seed++) {
      List<TunnelPlan> plans = plans(new TestLinks(protocol), new Random(seed));
      for (int failing = 0; failing < plans.size(); failing++) {
        refuseAtEveryStep(protocol, plans, failing, "seed %d plan %d".formatted(seed, failing));
      }
    }
  }

  private static void refuseAtEveryStep(
      TunnelProtocol protocol, List<TunnelPlan> plans, int failing, String description) {
    List<String> after = after(protocol, plans.subList(0, failing + 1)).kernel.snapshot();
    for (int step = 0; ; step++) {
      DriverBench bench = after(protocol, plans.subList(0, failing));
      List<String> before = bench.kernel.snapshot();
      bench.kernel.failAfter(step);

      ApplyResult result = bench.driver.apply(plans.get(failing));

      if (bench.kernel.isFailurePending()) {
        return;
      }
      assertThat(result).describedAs(description).isInstanceOf(ApplyResult.Failed.class);
      assertThat(bench.kernel.snapshot())
          .describedAs("%s refused at step %d", description, step)
          .isEqualTo(before);
      bench.apply(plans.get(failing));
      assertThat(bench.kernel.snapshot()).describedAs(description).isEqualTo(after);
    }
  }

  private static DriverBench after(TunnelProtocol protocol, List<TunnelPlan> plans) {
    DriverBench bench = DriverBench.of(protocol);
    plans.forEach(bench::apply);
    return bench;
  }

  private static List<TunnelPlan> plans(TestLinks links, Random random) {
    List<TunnelPlan> plans = new ArrayList<>();
    for (int version = 1; version <= PLANS; version++) {
      int peer = random.nextInt(PEERS);
      plans.add(
          switch (random.nextInt(6)) {
            case 0 -> links.remove(peer);
            case 1 -> links.switchOver(peer);
            case 2 -> links.retire(peer);
            case 3 ->
                links.set(links.link(peer, version, 2), links.link((peer + 1) % PEERS, version, 1));
            default -> links.set(links.link(peer, version, 1 + random.nextInt(2)));
          });
    }
    return plans;
  }
}
