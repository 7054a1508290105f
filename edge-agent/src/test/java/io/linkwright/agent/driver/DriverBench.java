package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.IpAddress;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A driver over a fake kernel, with a clock that stands still until it is told to move. */
final class DriverBench {
  static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final TestLinks links;
  final FakeKernel kernel;
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
            DriverBench::resolve,
            new DriverClock(() -> elapsed.toNanos(), () -> START.plus(elapsed)));
  }

  /** Names ending in {@code .invalid} (RFC 2606) are the only ones there are. */
  private static Optional<IpAddress> resolve(String host) {
    return host.endsWith(".invalid") ? Optional.empty() : Optional.of(IpAddress.parse(host));
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
