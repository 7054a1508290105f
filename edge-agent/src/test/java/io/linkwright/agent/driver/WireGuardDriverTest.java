package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WireGuardDriverTest {
  private static final int HUB_LINKS = 2_000;

  private final DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
  private final TestLinks links = bench.links;
  private final FakeKernel kernel = bench.kernel;

  @Test
  void aLinkIsAnInterfaceAPeerAndRoutes() {
    bench.apply(links.set(links.link(1, 1)));

    FakePeer peer = kernel.link("wg2").peer(TestLinks.key(1, 0).base64());
    assertThat(peer.endpoint).isEqualTo("192.0.0.3:51820");
    assertThat(peer.allowedIps).containsExactly("10.0.0.3/32", "172.16.1.0/24", "2001:db8:2::/48");
    assertThat(peer.keepalive).isEqualTo("25");
    assertThat(kernel.snapshot())
        .contains(
            "link wg2 wireguard alias=linkwright:hub mtu=1420 up=true",
            "wg2 address 10.0.0.1/32",
            "wg2 route 10.0.0.3/32 metric 50 src 10.0.0.1",
            "wg2 route 172.16.1.0/24 metric 50 src 10.0.0.1",
            "wg2 route 2001:db8:2::/48 metric 50 src ");
  }

  @Test
  void theSecondaryTunnelHasThePortAfterAndWorseRoutes() {
    bench.apply(links.set(links.link(1, 1, 2)));

    assertThat(kernel.link("wg3").peer(TestLinks.key(1, 1).base64()).endpoint)
        .isEqualTo("192.0.0.3:51821");
    assertThat(kernel.snapshot())
        .contains(
            "wg2 route 172.16.1.0/24 metric 50 src 10.0.0.1",
            "wg3 route 172.16.1.0/24 metric 100 src 10.1.0.1");
  }

  @Test
  void oneMoreLinkOfAHubNamesOnePeerOnly() {
    PeerLink[] all =
        IntStream.range(0, HUB_LINKS)
            .mapToObj(peer -> links.link(peer, 1))
            .toArray(PeerLink[]::new);
    bench.apply(links.set(all));
    kernel.forgetWrites();

    bench.apply(links.set(links.link(HUB_LINKS, 1)));

    assertThat(kernel.link("wg2").peers()).hasSize(HUB_LINKS + 1);
    assertThat(kernel.writes())
        .hasSize(2)
        .map(Command::toString)
        .anyMatch(command -> command.startsWith("wg set wg2 peer " + TestLinks.key(HUB_LINKS, 0)))
        .anyMatch(command -> command.equals("ip -batch -"));
    assertThat(kernel.writes().getLast().input().orElseThrow().lines())
        .allMatch(line -> line.startsWith("route replace "))
        .hasSize(3);
  }

  @Test
  void unchangedConfigurationTouchesNothingAlsoAfterARestart() {
    bench.apply(links.set(links.link(1, 1, 2), links.link(2, 1, 2)));
    kernel.forgetWrites();

    bench.apply(links.set(links.link(1, 1, 2)));
    bench.restart();
    bench.apply(links.set(links.link(1, 1, 2), links.link(2, 1, 2)));
    List<String> repaired = bench.driver.reconcile();

    assertThat(repaired).isEmpty();
    assertThat(kernel.writes()).isEmpty();
  }

  @Test
  void removingOneLinkTouchesItsPeerOnlyAndTheLastOneTheInterface() {
    bench.apply(links.set(links.link(1, 1), links.link(2, 1)));
    kernel.forgetWrites();

    bench.apply(links.remove(1));

    assertThat(kernel.writes())
        .map(Command::toString)
        .containsExactly("ip -batch -", "wg set wg2 peer %s remove".formatted(TestLinks.key(1, 0)));
    assertThat(kernel.link("wg2").peers()).hasSize(1);

    bench.apply(links.remove(2));

    assertThat(kernel.snapshot()).isEmpty();
  }

  @Test
  void whatWasRemovedWhileTheAgentWasAwayGoes() {
    bench.apply(links.set(links.link(1, 1), links.link(2, 1)));
    bench.restart();

    bench.apply(links.set(links.link(2, 1)));
    List<String> repaired = bench.driver.reconcile();

    assertThat(repaired).anyMatch(words -> words.startsWith("removed peer " + TestLinks.key(1, 0)));
    assertThat(kernel.link("wg2").peers()).hasSize(1);
  }

  @Test
  void whatWasThereStaysWhileAGroupDoesNotRun() {
    bench.apply(links.set(links.link(1, 1)));
    List<String> before = kernel.snapshot();
    bench.restart();

    kernel.failAfter(0);
    String reason = bench.refusal(links.set(links.link(2, 1)));
    List<String> repaired = bench.driver.reconcile();

    assertThat(reason).contains("Cannot allocate memory");
    assertThat(repaired).isEmpty();
    assertThat(kernel.snapshot()).isEqualTo(before);
  }

  @Test
  void anInterfaceOfSomebodyElseIsNotTouched() {
    kernel.byHand("link add dev wg2 type dummy");
    List<String> before = kernel.snapshot();

    String reason = bench.refusal(links.set(links.link(1, 1)));

    assertThat(reason).contains("interface wg2 is there and is not ours", "ip link delete wg2");
    assertThat(kernel.snapshot()).isEqualTo(before);
  }

  @Test
  void withoutWgNothingIsHalfDone() {
    kernel.uninstall("wg");

    String reason = bench.refusal(links.set(links.link(1, 1)));

    assertThat(reason).contains("wg cannot be started");
    assertThat(kernel.snapshot()).isEmpty();
  }

  @Test
  void aWireGuardInterfaceThatWaitsForAKeyIsUsed() {
    kernel.byHand("link add dev wg2 type wireguard");

    bench.apply(links.set(links.link(1, 1)));

    assertThat(kernel.link("wg2").peers()).hasSize(1);
  }

  @Test
  void aNewPresharedKeyIsSetWhenTheLinkSwitchesOver() {
    bench.apply(links.set(links.link(1, 1)));
    FakePeer peer = kernel.link("wg2").peer(TestLinks.key(1, 0).base64());
    String former = peer.presharedKey;

    bench.apply(links.set(links.link(1, 2)));
    String betweenTheTwo = peer.presharedKey;
    bench.apply(links.switchOver(1));

    assertThat(betweenTheTwo).isEqualTo(former);
    assertThat(peer.presharedKey).isNotEqualTo(former);
  }

  @Test
  void twoGroupsCannotLinkTheSameTwoEdges() {
    bench.apply(links.set(links.link(1, 1)));
    List<String> before = kernel.snapshot();
    TestLinks elsewhere = new TestLinks(TunnelProtocol.WIREGUARD, new GroupId("branch"));

    String reason = bench.refusal(elsewhere.set(elsewhere.link(1, 7, 1, "198.51.100.1")));

    assertThat(reason).contains("group=backbone", "group=branch", TestLinks.key(1, 0).base64());
    assertThat(kernel.snapshot()).isEqualTo(before);
  }

  @Test
  void secretsAreOnNoCommandLine() {
    bench.apply(links.set(links.link(1, 1, 2)));

    List<String> printed = new ArrayList<>();
    kernel.writes().forEach(command -> printed.add(command.toString()));
    assertThat(String.join("\n", printed))
        .doesNotContain(kernel.link("wg2").peer(TestLinks.key(1, 0).base64()).presharedKey);
  }

  @Test
  void aDryRunPrintsTheCommandsWithoutSecrets() {
    List<String> lines = new ArrayList<>();
    KernelDriver driver =
        Drivers.dryRun(
            TunnelProtocol.WIREGUARD,
            DriverSettings.of(TestLinks.SELF, DriverBench.KEYS),
            lines::add);

    var _ = driver.apply(links.set(links.link(1, 1)));

    assertThat(lines)
        .contains(
            "ip link add dev wg2 type wireguard",
            "wg set wg2 private-key /dev/stdin listen-port 51820 <<< <secret>",
            "ip route replace 172.16.1.0/24 dev wg2 src 10.0.0.1 metric 50");
  }
}
