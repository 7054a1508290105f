package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.driver.KernelDriver;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several real WireGuard tunnels of one site, the hub, at the same time. */
@Tag("kernel")
final class WireGuardHubTest {
  private static final int HUB = 0;
  private static final int SPOKES = 8;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<KernelDriver> drivers = new ArrayList<>();
  private Underlay underlay;
  private TunnelFixture fixture;

  @BeforeEach
  void requireTunnels() {
    RealTunnels.require("wg", "wireguard-go", "ip", "ping", "unshare", "nsenter");
  }

  @AfterEach
  void stop() {
    drivers.forEach(KernelDriver::close);
    if (underlay != null) {
      underlay.close();
    }
  }

  @Test
  void newKeysForAllLinksOfAHubCostNoPacketOnAnyOfThem() {
    startSites(SPOKES, site -> site.host().toString());
    List<Integer> spokes = IntStream.rangeClosed(1, SPOKES).boxed().toList();
    setAll(spokes, 1);
    assertThat(spokes).allMatch(spoke -> reaches(lan(spoke)));
    Pings pings = new Pings(200, Duration.ofMillis(30));
    List<CompletableFuture<List<Integer>>> lost =
        spokes.stream()
            .map(spoke -> CompletableFuture.supplyAsync(() -> pings.lost(hub(), lan(spoke))))
            .toList();

    setAll(spokes, 2);
    List<LinkId> links = spokes.stream().map(spoke -> fixture.link(HUB, spoke)).toList();
    step(spokes, link -> plan(link, List.of()), plan(links, List.of()));
    step(spokes, link -> plan(List.of(), link), plan(List.of(), links));

    assertThat(lost).map(CompletableFuture::join).allMatch(List::isEmpty);
  }

  @Test
  void tunnelsGoOverIpv6AndCarryBothFamilies() {
    startSites(1, site -> site.v6().host().toString());

    setAll(List.of(1), 1);

    Eventually.holds(LIMIT, () -> reaches(lan(1)), () -> hub().run("wg show wg2; ip -6 route"));
    Eventually.holds(LIMIT, () -> reaches(lan6(HUB, 1)), () -> hub().run("ip -6 route"));
    assertThat(hub().run("wg show wg2 endpoints")).contains("[2001:db8:1::2]:51820");
    assertThat(drivers.get(HUB).reconcile()).isEmpty();
  }

  /** The first spoke cannot be called, but calls; nobody can call the second. */
  @Test
  void aSpokeWhoseNameDoesNotResolveLeavesTheOthersAloneAndMayStillCall() {
    startSites(2, site -> site.equals(underlay.site(1)) ? "gone.invalid" : site.host().toString());

    List<PeerLink> ends = fixture.newKeys(HUB, 1, 1, 1);
    List<PeerLink> others = fixture.newKeys(HUB, 2, 1, 1);
    apply(HUB, set(List.of(ends.getFirst(), others.getFirst())));
    apply(2, set(List.of(others.getLast())));
    boolean reachesTheOther = reaches(lan(2));
    boolean reachesTheNameless = reaches(lan(1));
    List<LinkProblem> problems = drivers.get(HUB).problems(TunnelFixture.GROUP);
    apply(1, set(List.of(ends.getLast())));

    assertThat(reachesTheOther).isTrue();
    assertThat(reachesTheNameless).isFalse();
    assertThat(problems)
        .containsExactly(
            new LinkProblem(
                fixture.link(HUB, 1),
                "endpoint gone.invalid does not resolve; correct the member's endpoint or this"
                    + " edge's name service"));
    Eventually.holds(LIMIT, () -> reaches(lan(1)), () -> hub().run("wg show wg2; ip route"));
  }

  private void startSites(int spokes, Function<Underlay.Site, String> host) {
    underlay = Underlay.ofSites(spokes + 1);
    List<TunnelFixture.Member> members = new ArrayList<>();
    for (int number = 0; number <= spokes; number++) {
      Underlay.Site site = underlay.site(number);
      EdgeId edge = new EdgeId("site-" + number);
      EdgeKeys keys = EdgeKeys.generate();
      members.add(
          new TunnelFixture.Member(
              edge, keys, host.apply(site), List.of(site.lan(), site.v6().lan())));
      KernelDriver driver =
          Drivers.kernel(
              TunnelProtocol.WIREGUARD,
              DriverSettings.of(edge, keys)
                  .withUserSpace("wireguard-go")
                  .withPrefix(site.namespace().prefix()));
      driver.start(_ -> {});
      drivers.add(driver);
    }
    fixture = new TunnelFixture(TunnelProtocol.WIREGUARD, members);
  }

  /** All links of the hub in one plan. */
  private void setAll(List<Integer> spokes, int version) {
    List<List<PeerLink>> ends =
        spokes.stream().map(spoke -> fixture.newKeys(HUB, spoke, version, 1)).toList();
    apply(HUB, set(ends.stream().map(List::getFirst).toList()));
    for (int index = 0; index < spokes.size(); index++) {
      apply(spokes.get(index), set(List.of(ends.get(index).getLast())));
    }
  }

  private void step(
      List<Integer> spokes, Function<List<LinkId>, TunnelPlan> ofSpoke, TunnelPlan ofHub) {
    apply(HUB, ofHub);
    for (int spoke : spokes) {
      apply(spoke, ofSpoke.apply(List.of(fixture.link(HUB, spoke))));
    }
  }

  private static TunnelPlan set(List<PeerLink> links) {
    return TunnelPlan.of(TunnelFixture.GROUP, links, List.of());
  }

  private static TunnelPlan plan(List<LinkId> switchOver, List<LinkId> retire) {
    return new TunnelPlan(TunnelFixture.GROUP, List.of(), List.of(), switchOver, retire);
  }

  private void apply(int site, TunnelPlan plan) {
    assertThat(drivers.get(site).apply(plan)).isEqualTo(new ApplyResult.Applied());
  }

  private Shell hub() {
    return underlay.site(HUB).shell();
  }

  private String lan(int site) {
    return underlay.site(site).lanAddress().toString();
  }

  /** With the source that the other end expects: there are addresses outside the tunnel too. */
  private String lan6(int from, int to) {
    return "-I %s %s"
        .formatted(underlay.site(from).v6().lanAddress(), underlay.site(to).v6().lanAddress());
  }

  private boolean reaches(String address) {
    return hub().reaches(address);
  }
}
