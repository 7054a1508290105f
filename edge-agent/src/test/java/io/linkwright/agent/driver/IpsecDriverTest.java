package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IpsecDriverTest {
  private final DriverBench bench = DriverBench.of(TunnelProtocol.IPSEC);
  private final TestLinks links = bench.links;
  private final FakeXfrm xfrm = bench.kernel.xfrm();

  @Test
  void aLinkHasAnAssociationForEachDirectionAndPoliciesForThree() {
    bench.apply(links.set(links.link(1, 1)));

    assertThat(xfrm.association(TestLinks.inboundSpi(1, 0, 1)).words)
        .containsEntry("src", "192.0.0.3")
        .containsEntry("dst", "192.0.0.1");
    assertThat(xfrm.association(TestLinks.outboundSpi(1, 0, 1)).words)
        .containsEntry("src", "192.0.0.1")
        .containsEntry("dst", "192.0.0.3");
    assertThat(xfrm.snapshot()).filteredOn(row -> row.startsWith("policy ")).hasSize(9);
    assertThat(xfrm.outboundSpis()).containsExactly(TestLinks.outboundSpi(1, 0, 1));
  }

  @Test
  void keysChangeMakeBeforeBreak() {
    bench.apply(links.set(links.link(1, 1)));

    bench.apply(links.set(links.link(1, 2)));
    assertThat(xfrm.hasAssociation(TestLinks.inboundSpi(1, 0, 1))).isTrue();
    assertThat(xfrm.hasAssociation(TestLinks.inboundSpi(1, 0, 2))).isTrue();
    assertThat(xfrm.outboundSpis()).containsExactly(TestLinks.outboundSpi(1, 0, 1));

    bench.apply(links.switchOver(1));
    assertThat(xfrm.hasAssociation(TestLinks.inboundSpi(1, 0, 1))).isTrue();
    assertThat(xfrm.hasAssociation(TestLinks.outboundSpi(1, 0, 1))).isFalse();
    assertThat(xfrm.outboundSpis()).containsExactly(TestLinks.outboundSpi(1, 0, 2));

    bench.apply(links.retire(1));
    assertThat(xfrm.hasAssociation(TestLinks.inboundSpi(1, 0, 1))).isFalse();
    assertThat(xfrm.hasAssociation(TestLinks.inboundSpi(1, 0, 2))).isTrue();
  }

  @Test
  void bothTunnelsShareWhatProtectsThePeersSubnets() {
    bench.apply(links.set(links.link(1, 1, 2)));

    assertThat(xfrm.outboundSpis())
        .containsExactlyInAnyOrder(TestLinks.outboundSpi(1, 0, 1), TestLinks.outboundSpi(1, 1, 1));
    assertThat(xfrm.snapshot())
        .filteredOn(row -> row.startsWith("policy ") && row.contains("172.16.1.0/24"))
        .hasSize(4);
  }

  @Test
  void anIpv6SubnetHasOneOutboundPolicyThatNamesTheTunnelInUse() {
    bench.apply(links.set(links.link(1, 1, 2)));
    List<String> before = outboundOfIpv6();
    bench.look();
    xfrm.association(TestLinks.inboundSpi(1, 1, 1)).bytes += 84;
    bench.look();
    bench.pass(DriverTimings.DEFAULT.silenceLimit().plusMillis(1));
    xfrm.association(TestLinks.inboundSpi(1, 1, 1)).bytes += 84;
    bench.look();

    assertThat(bench.states()).containsExactly(TunnelState.DOWN, TunnelState.UP);
    assertThat(before).singleElement().asString().contains(TestLinks.outboundSpi(1, 0, 1));
    assertThat(outboundOfIpv6())
        .singleElement()
        .asString()
        .contains(TestLinks.outboundSpi(1, 1, 1));
    assertThat(bench.driver.reconcile()).isEmpty();
  }

  private List<String> outboundOfIpv6() {
    return xfrm.snapshot().stream()
        .filter(row -> row.contains("dst=" + TestLinks.lan6(1)))
        .toList();
  }

  @Test
  void unchangedConfigurationTouchesNothingAlsoAfterARestart() {
    bench.apply(links.set(links.link(1, 1, 2)));
    bench.kernel.forgetWrites();

    bench.restart();
    bench.apply(links.set(links.link(1, 1, 2)));
    List<String> repaired = bench.driver.reconcile();

    assertThat(repaired).isEmpty();
    assertThat(bench.kernel.writes()).isEmpty();
  }

  @Test
  void theLastLinkTakesEverythingAlong() {
    bench.apply(links.set(links.link(1, 1, 2)));
    bench.apply(links.set(links.link(1, 2, 2)));

    bench.apply(links.remove(1));

    assertThat(bench.kernel.snapshot()).isEmpty();
  }

  @Test
  void anAssociationThatSomebodyHasRemovedIsPutBackAndNothingElse() {
    bench.apply(links.set(links.link(1, 1), links.link(2, 1)));
    List<String> before = bench.kernel.snapshot();
    bench.kernel.byHand(
        "xfrm state delete src 192.0.0.3 dst 192.0.0.1 proto esp spi "
            + TestLinks.inboundSpi(1, 0, 1));
    bench.kernel.forgetWrites();

    List<String> repaired = bench.driver.reconcile();

    assertThat(repaired)
        .containsExactly(
            "added association SPI %s to 192.0.0.1".formatted(TestLinks.inboundSpi(1, 0, 1)));
    assertThat(bench.kernel.writes()).hasSize(1);
    assertThat(bench.kernel.snapshot()).isEqualTo(before);
  }

  @Test
  void aDryRunPrintsNoKeys() {
    List<String> lines = new ArrayList<>();
    KernelDriver driver =
        Drivers.dryRun(
            TunnelProtocol.IPSEC, DriverSettings.of(TestLinks.SELF, DriverBench.KEYS), lines::add);

    var _ = driver.apply(links.set(links.link(1, 1)));

    assertThat(lines)
        .anyMatch(line -> line.contains("auth-trunc hmac(sha256) 0x<secret> 128"))
        .noneMatch(line -> line.matches(".*0x[0-9a-f]{32,}.*"));
  }
}
