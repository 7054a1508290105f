package io.linkwright.systemtests;

import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.DriverTimings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.driver.KernelDriver;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The life of an IPsec link with the drivers of both ends at work in the kernel they run on: the
 * namespaces {@code a} and {@code b} are there already. Prints what it sees, a heading before each
 * part, and ends with an error when something does not come about.
 */
public final class LiveIpsec {
  private static final int A = 0;
  private static final int B = 1;
  private static final int TUNNELS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final DriverTimings TIMINGS =
      new DriverTimings(
          Duration.ofMillis(500),
          Duration.ofMillis(300),
          Duration.ofSeconds(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10));
  private static final List<List<String>> LANS =
      List.of(
          List.of("198.18.0.0/24", "2001:db8:a::/64"), List.of("198.18.1.0/24", "2001:db8:b::/64"));

  private static final List<Cable> CABLES =
      List.of(
          new Cable("IPV4", "ip", List.of("192.0.2.1", "192.0.2.2"), 20),
          new Cable("IPV6", "ipv6", List.of("2001:db8::1", "2001:db8::2"), 40));

  private final Cable cable;
  private final List<Shell> shells = List.of(shell("a"), shell("b"));
  private final List<KernelDriver> drivers;
  private final TunnelFixture fixture;

  /**
   * What the tunnels go over.
   *
   * @param protocol as {@code tc} calls it
   * @param hosts the edges' addresses
   * @param spiOffsetBytes where ESP begins in a packet: after the IP header
   */
  private record Cable(String name, String protocol, List<String> hosts, int spiOffsetBytes) {}

  private LiveIpsec(Cable cable) {
    this.cable = cable;
    List<TunnelFixture.Member> members = List.of(member("a", A), member("b", B));
    fixture = new TunnelFixture(TunnelProtocol.IPSEC, members);
    drivers =
        members.stream()
            .map(
                member ->
                    Drivers.kernel(
                        TunnelProtocol.IPSEC,
                        DriverSettings.of(member.edge(), member.keys())
                            .withPrefix(prefix(member.edge().value()))
                            .withTimings(TIMINGS)))
            .toList();
  }

  /** Over both underlays, one after the other. */
  public static void main(String[] arguments) {
    for (Cable cable : CABLES) {
      new LiveIpsec(cable).run();
    }
    heading("done");
  }

  private void run() {
    drivers.forEach(driver -> driver.start(_ -> {}));
    link(1);
    awaitStates(TunnelState.UP, TunnelState.UP);
    part("linked", reached());
    cutPrimary();
    awaitStates(TunnelState.DOWN, TunnelState.UP);
    awaitRoutesOver("wg3");
    part("failed-over", reached());
    mendPrimary();
    awaitStates(TunnelState.UP, TunnelState.UP);
    awaitRoutesOver("wg2");
    part("back", reached());
    part("rotated", rotateUnderPing());
    part("drift", mischief());
    awaitStates(TunnelState.UP, TunnelState.UP);
    apply(A, plan(List.of(fixture.link(A, B)), List.of(), List.of()));
    apply(B, plan(List.of(fixture.link(A, B)), List.of(), List.of()));
    part("left-over", leftOver());
    drivers.forEach(KernelDriver::close);
  }

  private void link(int version) {
    List<PeerLink> ends = fixture.newKeys(A, B, version, TUNNELS);
    for (int edge : List.of(A, B)) {
      apply(edge, TunnelPlan.of(TunnelFixture.GROUP, List.of(ends.get(edge)), List.of()));
    }
  }

  private String rotateUnderPing() {
    Pings pings = new Pings(200, Duration.ofMillis(30));
    CompletableFuture<List<Integer>> lost =
        CompletableFuture.supplyAsync(() -> pings.lost(shells.get(A), "198.18.1.1"));
    link(2);
    List<LinkId> link = List.of(fixture.link(A, B));
    for (int edge : List.of(A, B)) {
      apply(edge, plan(List.of(), link, List.of()));
    }
    for (int edge : List.of(A, B)) {
      apply(edge, plan(List.of(), List.of(), link));
    }
    return "lost " + lost.join();
  }

  /** Somebody deletes what the primary tunnel receives with. */
  private String mischief() {
    shells
        .get(A)
        .run(
            "ip xfrm state delete src %s dst %s proto esp spi 0x%08x"
                .formatted(
                    cable.hosts().get(B), cable.hosts().get(A), TunnelFixture.spiTo(A, 0, 2)));
    Eventually.holds(
        LIMIT,
        () -> states(A).equals(List.of(TunnelState.DOWN, TunnelState.UP)),
        () -> "a has " + states(A));
    return String.join("\n", drivers.get(A).reconcile());
  }

  private void cutPrimary() {
    for (int edge : List.of(A, B)) {
      shells.get(edge).run("tc qdisc add dev underlay clsact");
      shells
          .get(edge)
          .run(
              ("tc filter add dev underlay ingress protocol %s u32"
                      + " match u32 0x%08x 0xffffffff at %d action drop")
                  .formatted(
                      cable.protocol(), TunnelFixture.spiTo(edge, 0, 1), cable.spiOffsetBytes()));
    }
  }

  private void mendPrimary() {
    shells.forEach(shell -> shell.run("tc qdisc delete dev underlay clsact"));
  }

  private String reached() {
    return "%s %s"
        .formatted(
            shells.get(A).reaches("198.18.1.1"),
            shells.get(A).reaches("-I 2001:db8:a::1 2001:db8:b::1"));
  }

  private String leftOver() {
    StringBuilder rows = new StringBuilder();
    for (Shell shell : shells) {
      rows.append(shell.run("ip xfrm state; ip xfrm policy; ip -o link show type dummy"));
    }
    return rows.toString();
  }

  private void awaitRoutesOver(String interfaceName) {
    Eventually.holds(
        LIMIT,
        () -> routes().stream().allMatch(route -> route.contains("dev " + interfaceName)),
        () -> "routes are " + routes());
  }

  private List<String> routes() {
    return List.of(
        route(A, "198.18.1.1"),
        route(A, "2001:db8:b::1"),
        route(B, "198.18.0.1"),
        route(B, "2001:db8:a::1"));
  }

  private String route(int edge, String to) {
    return shells.get(edge).run("ip route get " + to);
  }

  private void awaitStates(TunnelState... states) {
    Eventually.holds(
        LIMIT,
        () -> states(A).equals(List.of(states)) && states(B).equals(List.of(states)),
        () -> "%s: a has %s, b has %s".formatted(cable.name(), states(A), states(B)));
  }

  private List<TunnelState> states(int edge) {
    return drivers.get(edge).states(TunnelFixture.GROUP).stream().map(TunnelStatus::state).toList();
  }

  private void apply(int edge, TunnelPlan plan) {
    if (drivers.get(edge).apply(plan) instanceof ApplyResult.Failed(String reason)) {
      throw new AssertionError(reason);
    }
  }

  private static TunnelPlan plan(
      List<LinkId> remove, List<LinkId> switchOver, List<LinkId> retire) {
    return new TunnelPlan(TunnelFixture.GROUP, List.of(), remove, switchOver, retire);
  }

  private TunnelFixture.Member member(String name, int number) {
    return new TunnelFixture.Member(
        new EdgeId(name),
        EdgeKeys.generate(),
        cable.hosts().get(number),
        LANS.get(number).stream().map(Cidr::parse).toList());
  }

  private static Shell shell(String namespace) {
    return new Shell(prefix(namespace));
  }

  private static List<String> prefix(String namespace) {
    return List.of("ip", "netns", "exec", namespace);
  }

  private void part(String name, String text) {
    heading(cable.name() + " " + name);
    System.out.println(text.strip());
  }

  private static void heading(String name) {
    System.out.println("=== " + name);
  }
}
