package io.linkwright.cli.edge;

import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.domain.EdgeId;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.PrintWriter;
import java.util.Locale;

/** Makes the driver that a device runs with. The one place that knows all of them. */
final class Drivers implements AutoCloseable {
  private final SimulatedNetwork network = SimulatedNetwork.start(ProbeLimits.DEFAULT);

  /** Tunnels for real. */
  TunnelDriver driver(DriverKind kind, EdgeId edge, EdgeKeys keys) {
    return switch (kind) {
      case SIMULATED -> network.driver(edge, keys);
      case WIREGUARD, IPSEC -> throw missing(kind);
    };
  }

  /** Says what it would do, and does nothing. */
  TunnelDriver dryRun(DriverKind kind, PrintWriter out) {
    return switch (kind) {
      case SIMULATED -> new DryRunDriver(out);
      case WIREGUARD, IPSEC -> throw missing(kind);
    };
  }

  private static EdgeFailure missing(DriverKind kind) {
    return new EdgeFailure(
        "driver %s is not in this build: use --driver simulated"
            .formatted(kind.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void close() {
    network.close();
  }
}
