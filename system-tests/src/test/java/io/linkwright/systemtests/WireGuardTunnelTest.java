package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.DriverTimings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.driver.KernelDriver;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packets through real WireGuard tunnels between three sites, A, B and C. */
@Tag("kernel")
final class WireGuardTunnelTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int SITES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final DriverTimings TIMINGS =
      new DriverTimings(
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));

  private final List<KernelDriver> drivers = new ArrayList<>();
  private Underlay underlay;
  private TunnelFixture fixture;

  @BeforeEach
  void startThreeSites() {
    RealTunnels.require("wg", "wireguard-go", "ip", "ping", "unshare", "nsenter");
    underlay = Underlay.ofSites(SITES);
    List<TunnelFixture.Member> members = new ArrayList<>();
    for (int number = 0; number < SITES; number++) {
      Underlay.Site site = underlay.site(number);
      EdgeId edge = new EdgeId("site-" + number);
      EdgeKeys keys = EdgeKeys.generate();
      members.add(
          new TunnelFixture.Member(edge, keys, site.host().toString(), List.of(site.lan())));
      DriverSettings settings =
          DriverSettings.of(edge, keys)
              .withUserSpace("wireguard-go")
              .withPrefix(site.namespace().prefix())
              .withTimings(TIMINGS);
      assertThat(Drivers.missing(TunnelProtocol.WIREGUARD, settings)).isEmpty();
      KernelDriver driver = Drivers.kernel(TunnelProtocol.WIREGUARD, settings);
      driver.start(_ -> {});
      drivers.add(driver);
    }
    fixture = new TunnelFixture(TunnelProtocol.WIREGUARD, members);
  }

  @AfterEach
  void stop() {
    drivers.forEach(KernelDriver::close);
    if (underlay != null) {
      underlay.close();
    }
  }

  @Test
  void aLinkCarriesPacketsBetweenItsTwoEdgesAndTouchesNobodyElse() {
    link(B, C, 1, 1);
    assertThat(reaches(B, C)).isTrue();
    String before = kernelOf(C);

    link(A, B, 1, 1);
    boolean reachesB = reaches(A, B);
    boolean reachesC = reaches(A, C);
    String meanwhile = kernelOf(C);
    remove(A, B);
    boolean reachesBAfterwards = reaches(A, B);

    assertThat(reachesB).isTrue();
    assertThat(reachesC).isFalse();
    assertThat(reachesBAfterwards).isFalse();
    assertThat(meanwhile).isEqualTo(before).isEqualTo(kernelOf(C));
    assertThat(underlay.site(A).shell().attempt("ip link show wg2").succeeded()).isFalse();
    assertThat(reaches(B, C)).isTrue();
  }

  @Test
  void bothEndsSayWhetherTheTunnelCarries() {
    link(A, B, 1, 1);

    awaitStates(A, TunnelState.UP);
    awaitStates(B, TunnelState.UP);
    underlay.router().run("ip link set site1 down");

    awaitStates(A, TunnelState.DOWN);
  }

  @Test
  void trafficGoesOnOverTheSecondaryTunnelAndComesBack() {
    link(A, B, 1, 2);
    awaitStates(A, TunnelState.UP, TunnelState.UP);
    awaitStates(B, TunnelState.UP, TunnelState.UP);

    underlay.router().run("ip rule add ipproto udp dport 51820 blackhole");
    awaitStates(A, TunnelState.DOWN, TunnelState.UP);
    awaitStates(B, TunnelState.DOWN, TunnelState.UP);
    awaitRoutesOver("wg3");
    boolean reachesOverSecondary = reaches(A, B);

    underlay.router().run("ip rule delete ipproto udp dport 51820 blackhole");
    awaitStates(A, TunnelState.UP, TunnelState.UP);
    awaitStates(B, TunnelState.UP, TunnelState.UP);
    awaitRoutesOver("wg2");

    assertThat(reachesOverSecondary).isTrue();
    assertThat(reaches(A, B)).isTrue();
  }

  @Test
  void newKeysCostNoPacket() throws Exception {
    link(A, B, 1, 1);
    assertThat(reaches(A, B)).isTrue();
    String before = presharedKeys(A);
    Pings pings = new Pings(200, Duration.ofMillis(20));
    CompletableFuture<List<Integer>> lost =
        CompletableFuture.supplyAsync(
            () -> pings.lost(underlay.site(A).shell(), underlay.site(B).lanAddress().toString()));

    link(A, B, 2, 1);
    LinkId link = fixture.link(A, B);
    for (int edge : List.of(A, B)) {
      apply(edge, plan(List.of(), List.of(link), List.of()));
    }
    for (int edge : List.of(A, B)) {
      apply(edge, plan(List.of(), List.of(), List.of(link)));
    }

    assertThat(lost.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    assertThat(presharedKeys(A)).isNotEqualTo(before).isEqualTo(presharedKeys(B));
    underlay.site(A).shell().run("ip link set wg2 down && ip link set wg2 up");
    assertThat(drivers.get(A).reconcile()).isNotEmpty();
    assertThat(reaches(A, B)).isTrue();
  }

  @Test
  void driftIsRepairedInARealKernelAndARestartTouchesNothing() {
    link(A, B, 1, 2);
    assertThat(reaches(A, B)).isTrue();
    assertThat(drivers.get(A).reconcile()).isEmpty();
    Shell shell = underlay.site(A).shell();
    shell.run("wg set wg2 peer $(wg show wg2 peers) remove");
    shell.run("ip address flush dev wg3");

    List<String> repaired = drivers.get(A).reconcile();

    assertThat(repaired)
        .anyMatch(words -> words.startsWith("added peer "))
        .anyMatch(words -> words.startsWith("added address "));
    assertThat(drivers.get(A).reconcile()).isEmpty();
    assertThat(reaches(A, B)).isTrue();
  }

  private void link(int first, int second, int version, int tunnels) {
    List<PeerLink> ends = fixture.newKeys(first, second, version, tunnels);
    apply(first, plan(List.of(ends.getFirst()), List.of(), List.of()));
    apply(second, plan(List.of(ends.getLast()), List.of(), List.of()));
  }

  private void remove(int first, int second) {
    List<LinkId> link = List.of(fixture.link(first, second));
    apply(first, TunnelPlan.of(TunnelFixture.GROUP, List.of(), link));
    apply(second, TunnelPlan.of(TunnelFixture.GROUP, List.of(), link));
  }

  private static TunnelPlan plan(List<PeerLink> set, List<LinkId> switchOver, List<LinkId> retire) {
    return new TunnelPlan(TunnelFixture.GROUP, set, List.of(), switchOver, retire);
  }

  private void apply(int edge, TunnelPlan plan) {
    assertThat(drivers.get(edge).apply(plan)).isEqualTo(new ApplyResult.Applied());
  }

  private boolean reaches(int from, int to) {
    return underlay.site(from).shell().reaches(underlay.site(to).lanAddress().toString());
  }

  /** What WireGuard has been told; counters and handshakes move by themselves. */
  private String kernelOf(int edge) {
    Shell shell = underlay.site(edge).shell();
    return shell.run("wg showconf wg2") + shell.run("ip route") + shell.run("ip -o address");
  }

  private String presharedKeys(int edge) {
    return underlay.site(edge).shell().run("wg show wg2 preshared-keys | cut -f2");
  }

  private String routeToLan(int from, int to) {
    return underlay.site(from).shell().run("ip route get " + underlay.site(to).lanAddress());
  }

  /** A driver changes its routes right after it has seen the state of a tunnel change. */
  private void awaitRoutesOver(String interfaceName) {
    Eventually.holds(
        LIMIT,
        () ->
            routeToLan(A, B).contains("dev " + interfaceName)
                && routeToLan(B, A).contains("dev " + interfaceName),
        () -> "routes are %s and %s".formatted(routeToLan(A, B), routeToLan(B, A)));
  }

  private void awaitStates(int edge, TunnelState... states) {
    Eventually.holds(
        LIMIT,
        () -> statesOf(edge).equals(List.of(states)),
        () -> "tunnels of site-%d are %s".formatted(edge, statesOf(edge)));
  }

  private List<TunnelState> statesOf(int edge) {
    return drivers.get(edge).states(TunnelFixture.GROUP).stream().map(TunnelStatus::state).toList();
  }
}
