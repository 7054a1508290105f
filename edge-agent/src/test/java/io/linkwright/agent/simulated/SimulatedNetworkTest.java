package io.linkwright.agent.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.TestController;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SimulatedNetworkTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId OMAHA = new EdgeId("omaha");
  private static final LinkId LINK = LinkId.between(DENVER, OMAHA);

  /** Never by itself within a test: what is up is so because it was configured or probed. */
  private static final ProbeLimits NO_REPEAT = new ProbeLimits(2_000, Duration.ofHours(1), 1);

  private final SimulatedNetwork network = SimulatedNetwork.start(NO_REPEAT);
  private final Set<EdgeId> told = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    network.close();
  }

  @Test
  void aTunnelIsUpAtBothEndsOnceBothAreConfigured() {
    for (TunnelProtocol protocol : TunnelProtocol.values()) {
      TestController controller = new TestController(GROUP, protocol, 2, new Random(1));
      SimulatedDriver denver = driver(controller, DENVER);
      SimulatedDriver omaha = driver(controller, OMAHA);
      LinkSecrets secrets = controller.secrets(LINK, 1);
      LinkConfiguration link = controller.configuration(LINK, secrets);

      set(denver, DENVER, link, secrets);
      network.probeAll();
      assertThat(states(denver)).containsExactly(TunnelState.DOWN, TunnelState.DOWN);

      set(omaha, OMAHA, link, secrets);
      network.probeAll();
      assertThat(states(denver)).containsExactly(TunnelState.UP, TunnelState.UP);
      assertThat(states(omaha)).containsExactly(TunnelState.UP, TunnelState.UP);
      assertThat(told).contains(DENVER, OMAHA);
      denver.close();
      omaha.close();
    }
  }

  @Test
  void aTunnelComesUpByItselfSoonAfterBothAreConfigured() throws Exception {
    TestController controller =
        new TestController(GROUP, TunnelProtocol.WIREGUARD, 1, new Random(1));
    SimulatedDriver denver = driver(controller, DENVER);
    SimulatedDriver omaha = driver(controller, OMAHA);
    LinkSecrets secrets = controller.secrets(LINK, 1);
    LinkConfiguration link = controller.configuration(LINK, secrets);

    set(denver, DENVER, link, secrets);
    set(omaha, OMAHA, link, secrets);

    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!states(denver).equals(List.of(TunnelState.UP))
        || !states(omaha).equals(List.of(TunnelState.UP))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void aTunnelIsDownWhenTheOtherEndIsGone() {
    TestController controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, new Random(2));
    SimulatedDriver denver = driver(controller, DENVER);
    SimulatedDriver omaha = driver(controller, OMAHA);
    LinkSecrets secrets = controller.secrets(LINK, 1);
    LinkConfiguration link = controller.configuration(LINK, secrets);
    set(denver, DENVER, link, secrets);
    set(omaha, OMAHA, link, secrets);
    network.probeAll();

    omaha.apply(TunnelPlan.of(GROUP, List.of(), List.of(LINK)));
    network.probeAll();

    assertThat(states(denver)).containsExactly(TunnelState.DOWN);
    assertThat(states(omaha)).isEmpty();
  }

  @Test
  void noPacketIsLostWhileKeysChangeMakeBeforeBreak() {
    for (TunnelProtocol protocol : TunnelProtocol.values()) {
      TestController controller = new TestController(GROUP, protocol, 2, new Random(3));
      SimulatedDriver denver = driver(controller, DENVER);
      SimulatedDriver omaha = driver(controller, OMAHA);
      set(controller, denver, omaha, 1);
      network.probeAll();

      for (int keyVersion = 2; keyVersion < 5; keyVersion++) {
        set(controller, denver, omaha, keyVersion);
        network.probeAll();
        step(denver, List.of(LINK), List.of());
        network.probeAll();
        step(omaha, List.of(LINK), List.of());
        network.probeAll();
        step(denver, List.of(), List.of(LINK));
        network.probeAll();
        step(omaha, List.of(), List.of(LINK));
        network.probeAll();
      }

      assertThat(network.lostProbes()).isZero();
      assertThat(states(denver)).containsOnly(TunnelState.UP);
      assertThat(states(omaha)).containsOnly(TunnelState.UP);
      denver.close();
      omaha.close();
    }
  }

  @Test
  void keysThatComeFasterThanTheyAreTakenIntoUseLoseNothing() {
    TestController controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, new Random(7));
    SimulatedDriver denver = driver(controller, DENVER);
    SimulatedDriver omaha = driver(controller, OMAHA);
    set(controller, denver, omaha, 1);
    network.probeAll();

    for (int keyVersion = 2; keyVersion < 12; keyVersion++) {
      set(controller, denver, omaha, keyVersion);
      network.probeAll();
    }
    step(denver, List.of(LINK), List.of());
    network.probeAll();
    step(omaha, List.of(LINK), List.of(LINK));
    network.probeAll();

    assertThat(network.lostProbes()).isZero();
  }

  /** What shows that the probe would notice. */
  @Test
  void switchingOverBeforeThePeerReceivesLosesPackets() {
    TestController controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, new Random(8));
    SimulatedDriver denver = driver(controller, DENVER);
    SimulatedDriver omaha = driver(controller, OMAHA);
    set(controller, denver, omaha, 1);
    network.probeAll();
    LinkSecrets second = controller.secrets(LINK, 2);

    set(denver, DENVER, controller.configuration(LINK, second), second);
    step(denver, List.of(LINK), List.of());
    network.probeAll();

    assertThat(network.lostProbes()).isPositive();
  }

  @Test
  void endsWithDifferentKeysNeverComeUp() {
    for (TunnelProtocol protocol : TunnelProtocol.values()) {
      TestController controller = new TestController(GROUP, protocol, 1, new Random(4));
      SimulatedDriver denver = driver(controller, DENVER);
      SimulatedDriver omaha = driver(controller, OMAHA);
      LinkSecrets secrets = controller.secrets(LINK, 1);
      LinkConfiguration link = controller.configuration(LINK, secrets);

      set(denver, DENVER, link, secrets);
      set(omaha, OMAHA, link, controller.secrets(LINK, 1));
      network.probeAll();

      assertThat(states(denver)).containsExactly(TunnelState.DOWN);
      assertThat(states(omaha)).containsExactly(TunnelState.DOWN);
      denver.close();
      omaha.close();
    }
  }

  @Test
  void anSpiInUseIsRefusedAndNothingIsApplied() {
    TestController controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, new Random(5));
    TestController elsewhere =
        new TestController(new GroupId("other"), TunnelProtocol.IPSEC, 1, new Random(6));
    SimulatedDriver denver = driver(controller, DENVER);
    LinkSecrets secrets = controller.secrets(LINK, 1);
    LinkConfiguration link = controller.configuration(LINK, secrets);
    set(denver, DENVER, link, secrets);

    LinkSecrets others = elsewhere.secrets(LINK, 1);
    ApplyResult result =
        denver.apply(
            plan(new GroupId("other"), DENVER, elsewhere.configuration(LINK, others), others));

    assertThat(result)
        .isInstanceOfSatisfying(
            ApplyResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("SPI 0x00001001"));
    assertThat(denver.states(new GroupId("other"))).isEmpty();
    assertThat(denver.states(GROUP)).hasSize(1);
    assertThat(denver.apply(plan(GROUP, DENVER, link, secrets)))
        .isEqualTo(new ApplyResult.Applied());
  }

  private SimulatedDriver driver(TestController controller, EdgeId edge) {
    SimulatedDriver driver = network.driver(edge, controller.keysOf(edge));
    driver.start(_ -> told.add(edge));
    return driver;
  }

  private static void set(
      TestController controller, SimulatedDriver denver, SimulatedDriver omaha, int keyVersion) {
    LinkSecrets secrets = controller.secrets(LINK, keyVersion);
    LinkConfiguration link = controller.configuration(LINK, secrets);
    set(denver, DENVER, link, secrets);
    set(omaha, OMAHA, link, secrets);
  }

  private static void step(SimulatedDriver driver, List<LinkId> switchOver, List<LinkId> retire) {
    assertThat(driver.apply(new TunnelPlan(GROUP, List.of(), List.of(), switchOver, retire)))
        .isEqualTo(new ApplyResult.Applied());
  }

  private static void set(
      SimulatedDriver driver, EdgeId self, LinkConfiguration link, LinkSecrets secrets) {
    assertThat(driver.apply(plan(GROUP, self, link, secrets))).isEqualTo(new ApplyResult.Applied());
  }

  private static TunnelPlan plan(
      GroupId group, EdgeId self, LinkConfiguration link, LinkSecrets secrets) {
    LinkDocument document = new LinkDocument(group, 1, link, "", "");
    return TunnelPlan.of(
        group, List.of(new PeerLink(PeerConfiguration.of(document, self), secrets)), List.of());
  }

  private static List<TunnelState> states(SimulatedDriver driver) {
    return driver.states(GROUP).stream().map(TunnelStatus::state).toList();
  }
}
