package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Endpoints that are names, on both protocols. Names are of RFC 6761 and RFC 2606. */
final class EndpointNamesTest {
  private static final String NAME = "peer.example";
  private static final IpAddress FIRST = IpAddress.parse("203.0.113.1");
  private static final IpAddress SECOND = IpAddress.parse("203.0.113.2");

  @ParameterizedTest
  @EnumSource
  void aNameWithoutAnAddressFailsItsOwnLinkOnly(TunnelProtocol protocol) {
    DriverBench bench = DriverBench.of(protocol);
    TestLinks links = bench.links;
    DriverBench without = DriverBench.of(protocol);
    without.apply(links.set(links.link(1, 1), links.link(3, 1)));

    bench.apply(links.set(links.link(1, 1), links.link(2, 1, 1, "gone.invalid"), links.link(3, 1)));

    assertThat(bench.kernel.snapshot()).containsAll(without.kernel.snapshot());
    assertThat(bench.problems())
        .singleElement()
        .matches(problem -> problem.link().equals(TestLinks.id(2)))
        .matches(problem -> problem.text().contains("endpoint gone.invalid does not resolve"));
  }

  @ParameterizedTest
  @EnumSource
  void theLinkIsCompletedWhenTheNameResolves(TunnelProtocol protocol) {
    DriverBench bench = DriverBench.of(protocol);
    TestLinks links = bench.links;
    DriverBench known = DriverBench.of(protocol);
    known.names.put(NAME, FIRST);
    known.apply(links.set(links.link(1, 1, 2, NAME)));
    List<String> told = new ArrayList<>();
    bench.driver.start(group -> told.add(group.value()));
    bench.apply(links.set(links.link(1, 1, 2, NAME)));

    bench.names.put(NAME, FIRST);
    bench.passNameIntervals(1);

    assertThat(bench.kernel.snapshot()).isEqualTo(known.kernel.snapshot());
    assertThat(bench.problems()).isEmpty();
    assertThat(told).containsExactly("backbone");
    assertThat(bench.driver.reconcile()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whileItDoesNotResolveNothingIsReportedAsUp(TunnelProtocol protocol) {
    DriverBench bench = DriverBench.of(protocol);
    bench.apply(bench.links.set(bench.links.link(1, 1, 1, NAME)));

    bench.look();
    bench.pass(DriverTimings.DEFAULT.silenceLimit().plusMillis(1));
    bench.look();

    assertThat(bench.states()).containsExactly(TunnelState.DOWN);
  }

  @ParameterizedTest
  @EnumSource
  void aRestartWithoutNameServiceTakesNothingDown(TunnelProtocol protocol) {
    DriverBench bench = DriverBench.of(protocol);
    TestLinks links = bench.links;
    bench.names.put(NAME, FIRST);
    bench.apply(links.set(links.link(1, 1, 2, NAME), links.link(2, 1)));
    List<String> before = bench.kernel.snapshot();
    bench.names.clear();

    bench.restart();
    bench.apply(links.set(links.link(1, 1, 2, NAME), links.link(2, 1)));
    List<String> repaired = bench.driver.reconcile();
    List<String> meanwhile = bench.kernel.snapshot();
    bench.names.put(NAME, FIRST);
    bench.passNameIntervals(1);
    bench.kernel.forgetWrites();

    assertThat(repaired).isEmpty();
    assertThat(meanwhile).isEqualTo(before);
    assertThat(bench.driver.reconcile()).isEmpty();
    assertThat(bench.kernel.writes()).isEmpty();
    assertThat(bench.kernel.snapshot()).isEqualTo(before);
  }

  @Test
  void aWireGuardPeerIsFollowedToTheNewAddressOfItsName() {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.names.put(NAME, FIRST);
    bench.apply(bench.links.set(bench.links.link(1, 1, 1, NAME), bench.links.link(2, 1)));
    bench.kernel.forgetWrites();

    bench.names.put(NAME, SECOND);
    bench.passNameIntervals(12);

    assertThat(bench.kernel.link("wg2").peer(TestLinks.key(1, 0).base64()).endpoint)
        .isEqualTo(SECOND + ":51820");
    assertThat(bench.kernel.writes()).hasSize(1);
  }

  @Test
  void anAssociationStaysWhereItIsAndTheOperatorIsToldUntilNewKeysCome() {
    DriverBench bench = DriverBench.of(TunnelProtocol.IPSEC);
    TestLinks links = bench.links;
    bench.names.put(NAME, FIRST);
    bench.apply(links.set(links.link(1, 1, 1, NAME)));
    List<String> before = bench.kernel.snapshot();

    bench.names.put(NAME, SECOND);
    bench.passNameIntervals(12);
    List<String> moved = bench.kernel.snapshot();
    String told = bench.problems().toString();
    bench.apply(links.set(links.link(1, 2, 1, NAME)));
    bench.apply(links.switchOver(1));

    assertThat(moved).isEqualTo(before);
    assertThat(told).contains("moved from 203.0.113.1 to 203.0.113.2; rekey the link");
    assertThat(bench.problems()).isEmpty();
    assertThat(bench.kernel.xfrm().association(TestLinks.outboundSpi(1, 0, 2)).words.get("dst"))
        .isEqualTo("203.0.113.2");
  }

  @Test
  void endpointsOfTwoFamiliesFailTheirOwnIpsecLinkOnly() {
    DriverBench bench = DriverBench.of(TunnelProtocol.IPSEC);
    TestLinks links = bench.links;

    bench.apply(links.set(links.link(1, 1), links.link(2, 1, 1, "2001:db8::1")));

    assertThat(bench.kernel.xfrm().hasAssociation(TestLinks.inboundSpi(1, 0, 1))).isTrue();
    assertThat(bench.kernel.xfrm().hasAssociation(TestLinks.inboundSpi(2, 0, 1))).isFalse();
    assertThat(bench.problems().toString()).contains("both must be IPv4 or both IPv6");
  }

  @Test
  void aKnownAddressIsKeptWhileTheNameServiceIsSilent() {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.names.put(NAME, FIRST);
    bench.apply(bench.links.set(bench.links.link(1, 1, 1, NAME)));
    List<String> before = bench.kernel.snapshot();

    bench.names.clear();
    bench.passNameIntervals(50);

    assertThat(bench.kernel.snapshot()).isEqualTo(before);
    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void waitsBetweenQuestionsGrowToABound() {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.apply(bench.links.set(bench.links.link(1, 1, 1, NAME)));
    List<Integer> askedAt = new ArrayList<>();
    for (int interval = 1; interval <= 50; interval++) {
      bench.questions.clear();
      bench.passNameIntervals(1);
      if (!bench.questions.isEmpty()) {
        askedAt.add(interval);
      }
    }

    assertThat(askedAt).containsExactly(1, 3, 7, 15, 27, 39);
  }

  @Test
  void addressesAreNotAskedFor() {
    DriverBench bench = DriverBench.of(TunnelProtocol.IPSEC);
    bench.apply(bench.links.set(bench.links.link(1, 1), bench.links.link(2, 1, 1, "2001:db8::1")));

    bench.passNameIntervals(13);

    assertThat(bench.questions).isEmpty();
  }

  @Test
  void aRefusedMoveIsTriedAgain() {
    DriverBench bench = DriverBench.of(TunnelProtocol.WIREGUARD);
    bench.apply(bench.links.set(bench.links.link(1, 1, 1, NAME)));
    bench.names.put(NAME, FIRST);
    bench.kernel.failAfter(0);

    bench.passNameIntervals(1);
    String before = bench.kernel.link("wg2").peer(TestLinks.key(1, 0).base64()).endpoint;
    bench.passNameIntervals(1);

    assertThat(before).isNotEqualTo("203.0.113.1:51820");
    assertThat(bench.kernel.link("wg2").peer(TestLinks.key(1, 0).base64()).endpoint)
        .isEqualTo("203.0.113.1:51820");
  }
}
