package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TunnelStatusTest {
  private static final Duration INTERVAL = DriverTimings.DEFAULT.watchInterval();
  private static final Duration SILENCE = DriverTimings.DEFAULT.silenceLimit();

  @Test
  void nothingIsKnownOfANewTunnelUntilThePeerIsHeard() {
    DriverBench bench = wireGuard(1);

    bench.look();
    List<TunnelState> before = bench.states();
    receive(bench, 0);

    assertThat(before).containsExactly(TunnelState.UNKNOWN);
    assertThat(bench.states()).containsExactly(TunnelState.UP);
  }

  @Test
  void aTunnelThatStaysSilentIsDown() {
    DriverBench bench = wireGuard(1);
    bench.look();

    bench.pass(SILENCE.plusMillis(1));
    bench.look();

    assertThat(bench.states()).containsExactly(TunnelState.DOWN);
  }

  @Test
  void firstMessagesWithoutAHandshakeAreNoSignOfLife() {
    DriverBench bench = wireGuard(1);
    bench.look();
    for (int seconds = 0; seconds < 60; seconds += 5) {
      peer(bench, 0).receivedBytes += 148;
      bench.pass(INTERVAL);
      bench.look();
    }

    assertThat(bench.states()).containsExactly(TunnelState.DOWN);
  }

  @Test
  void aHandshakeOlderThanASessionCanBeIsNone() {
    DriverBench bench = wireGuard(1);
    bench.look();
    receive(bench, 0);
    bench.pass(Duration.ofSeconds(181));
    peer(bench, 0).receivedBytes += 148;
    bench.look();

    assertThat(bench.states()).containsExactly(TunnelState.DOWN);
  }

  @Test
  void subnetsGoOverTheSecondaryWhileThePrimaryIsDown() {
    DriverBench bench = wireGuard(2);
    bench.look();
    receive(bench, 0);
    receive(bench, 1);
    List<String> before = bench.kernel.snapshot();

    for (Duration silent = Duration.ZERO;
        silent.compareTo(SILENCE) <= 0;
        silent = silent.plus(INTERVAL)) {
      bench.pass(INTERVAL);
      receive(bench, 1);
    }

    assertThat(bench.states()).containsExactly(TunnelState.DOWN, TunnelState.UP);
    assertThat(bench.kernel.snapshot())
        .noneMatch(row -> row.startsWith("wg2 route 172.16.1.0/24"))
        .anyMatch(row -> row.startsWith("wg3 route 172.16.1.0/24"))
        .anyMatch(row -> row.startsWith("wg2 route 10.0.0.3/32"));

    receive(bench, 0);

    assertThat(bench.states()).containsExactly(TunnelState.UP, TunnelState.UP);
    assertThat(routes(bench.kernel.snapshot())).isEqualTo(routes(before));
  }

  @Test
  void withBothTunnelsDownTheRoutesStay() {
    DriverBench bench = wireGuard(2);
    bench.look();
    List<String> before = bench.kernel.snapshot();

    bench.pass(SILENCE.plusMillis(1));
    bench.look();

    assertThat(bench.states()).containsExactly(TunnelState.DOWN, TunnelState.DOWN);
    assertThat(bench.kernel.snapshot()).isEqualTo(before);
  }

  @Test
  void anAssociationIsUpWhenItCarriesAndDownWhenItIsGone() {
    DriverBench bench = DriverBench.of(TunnelProtocol.IPSEC);
    bench.apply(bench.links.set(bench.links.link(1, 1)));
    bench.look();
    bench.kernel.xfrm().association(TestLinks.inboundSpi(1, 0, 1)).bytes += 84;
    bench.look();
    List<TunnelState> carrying = bench.states();

    bench.kernel.byHand(
        "xfrm state delete src 192.0.0.3 dst 192.0.0.1 proto esp spi "
            + TestLinks.inboundSpi(1, 0, 1));
    bench.look();

    assertThat(carrying).containsExactly(TunnelState.UP);
    assertThat(bench.states()).containsExactly(TunnelState.DOWN);
  }

  @Test
  void theAgentIsToldOfChangesOnly() {
    DriverBench bench = wireGuard(1);
    List<String> told = new ArrayList<>();
    bench.driver.start(group -> told.add(group.value()));
    bench.look();
    told.clear();

    receive(bench, 0);
    receive(bench, 0);

    assertThat(told).containsExactly("backbone");
  }

  private static DriverBench wireGuard(int tunnels) {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.apply(bench.links.set(bench.links.link(1, 1, tunnels)));
    return bench;
  }

  private static FakePeer peer(DriverBench bench, int index) {
    return bench.kernel.link("wg" + (2 + index)).peer(TestLinks.key(1, index).base64());
  }

  private static void receive(DriverBench bench, int index) {
    peer(bench, index).receive(bench.nowEpochSeconds());
    bench.look();
  }

  private static List<String> routes(List<String> snapshot) {
    return snapshot.stream().filter(row -> row.contains(" route ")).toList();
  }
}
