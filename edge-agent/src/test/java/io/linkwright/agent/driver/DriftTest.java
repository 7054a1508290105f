package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DriftTest {
  private static final int SEEDS = 200;
  private static final List<String> MISCHIEF =
      List.of(
          "link set dev wg2 down",
          "link delete dev wg2",
          "link delete dev wg3",
          "link set dev wg3 alias linkwright:hub",
          "address delete 10.0.0.1/32 dev wg2",
          "address replace 10.99.0.1/32 dev wg2",
          "route delete 172.16.1.0/24 dev wg2 metric 50",
          "route replace 172.16.99.0/24 dev wg3 metric 7");

  @ParameterizedTest
  @EnumSource
  void whateverSomebodyDoesIsUndone(TunnelProtocol protocol) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      DriverBench bench = DriverBench.of(protocol);
      bench.apply(bench.links.set(bench.links.link(1, 1, 2), bench.links.link(2, 1, 2)));
      List<String> before = bench.kernel.snapshot();
      for (int deed = 0; deed < 3; deed++) {
        attempt(bench.kernel, MISCHIEF.get(random.nextInt(MISCHIEF.size())));
      }
      List<String> spoilt = bench.kernel.snapshot();

      List<String> repaired = bench.driver.reconcile();

      assertThat(bench.kernel.snapshot()).describedAs("seed %d", seed).isEqualTo(before);
      assertThat(repaired.isEmpty()).describedAs("seed %d", seed).isEqualTo(spoilt.equals(before));
      assertThat(bench.driver.reconcile()).describedAs("seed %d", seed).isEmpty();
    }
  }

  @Test
  void onlyTheDifferenceIsRepairedAndSaid() {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.apply(bench.links.set(bench.links.link(1, 1), bench.links.link(2, 1)));
    String key = TestLinks.key(1, 0).base64();
    bench.kernel.link("wg2").peer(key).presharedKey = "(none)";
    bench.kernel.forgetWrites();

    List<String> repaired = bench.driver.reconcile();

    assertThat(repaired).containsExactly("changed peer %s dev wg2".formatted(key));
    assertThat(bench.kernel.writes()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatCouldNotBeUndoneAtOnceIsUndoneLater(TunnelProtocol protocol) {
    for (int step = 0; step < 12; step++) {
      DriverBench bench = DriverBench.of(protocol);
      bench.apply(bench.links.set(bench.links.link(1, 1)));
      List<String> before = bench.kernel.snapshot();
      bench.kernel.failFrom(step);
      boolean refused =
          bench.driver.apply(bench.links.set(bench.links.link(2, 1, 2)))
              instanceof ApplyResult.Failed;
      boolean repairedTooEarly = !bench.driver.reconcile().isEmpty();
      bench.kernel.heal();

      List<String> repaired = bench.driver.reconcile();

      assertThat(repairedTooEarly).isFalse();
      if (refused) {
        assertThat(bench.kernel.snapshot()).describedAs("step %d", step).isEqualTo(before);
        assertThat(repaired.isEmpty()).describedAs("step %d", step).isEqualTo(step == 0);
      }
    }
  }

  @Test
  void aPeerThatHasMovedIsNoDrift() {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.apply(bench.links.set(bench.links.link(1, 1)));
    bench.kernel.link("wg2").peer(TestLinks.key(1, 0).base64()).endpoint = "203.0.113.9:4711";

    List<String> repaired = bench.driver.reconcile();

    assertThat(repaired).isEmpty();
  }

  /** Some of it is impossible after other mischief. */
  private static void attempt(FakeKernel kernel, String line) {
    try {
      kernel.byHand(line);
    } catch (FakeKernel.Refusal refused) {
      assertThat(refused).hasMessageNotContaining("not understood");
    }
  }
}
