package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A driver over a fake kernel, with a clock that stands still until it is told to move. */
final class DriverBench {
  static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final TestLinks links;
  final FakeKernel kernel;

  /** The name service; what it was asked is in {@link #questions}. */
  final Map<String, IpAddress> names = new HashMap<>();

  final List<String> questions = new ArrayList<>();
  private final TunnelProtocol protocol;
  KernelDriver driver;
  private Duration elapsed = Duration.ZERO;

  private DriverBench(TunnelProtocol protocol, FakeKernel kernel) {
    this.protocol = protocol;
    this.links = new TestLinks(protocol);
    this.kernel = kernel;
    restart();
  }

  static DriverBench of(TunnelProtocol protocol) {
    return new DriverBench(protocol, new FakeKernel());
  }

  /** The agent ends; the kernel stays. */
  void restart() {
    driver =
        Drivers.on(
            kernel,
            protocol,
            DriverSettings.of(TestLinks.SELF, KEYS),
            Optional.empty(),
            this::resolve,
            new DriverClock(() -> elapsed.toNanos(), () -> START.plus(elapsed)));
  }

  /** What the name service knows. */
  private Map<String, IpAddress> resolve(Set<String> hosts) {
    questions.addAll(hosts);
    Map<String, IpAddress> found = new HashMap<>(names);
    found.keySet().retainAll(hosts);
    return found;
  }

  /** Time passes, interval by interval, and the driver looks for names. */
  void passNameIntervals(int count) {
    for (int interval = 0; interval < count; interval++) {
      pass(DriverTimings.DEFAULT.nameInterval());
      driver.followNames();
    }
  }

  List<LinkProblem> problems() {
    return driver.problems(links.group());
  }

  void apply(TunnelPlan plan) {
    assertThat(driver.apply(plan)).isEqualTo(new ApplyResult.Applied());
  }

  String refusal(TunnelPlan plan) {
    return ((ApplyResult.Failed) driver.apply(plan)).reason();
  }

  void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }

  long nowEpochSeconds() {
    return START.plus(elapsed).getEpochSecond();
  }

  void look() {
    boolean _ = driver.look();
  }

  List<TunnelState> states() {
    return driver.states(links.group()).stream().map(TunnelStatus::state).toList();
  }
}
