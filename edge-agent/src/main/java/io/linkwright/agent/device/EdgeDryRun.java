package io.linkwright.agent.device;

import io.linkwright.agent.Resumption;
import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.PrintWriter;

/**
 * Prints what an agent would do with the configuration that is stored, and does nothing else. The
 * server is not asked: who connects as the edge takes the place of the agent that runs, and what it
 * is told counts as delivered.
 */
public final class EdgeDryRun {
  private final EdgeHome home;
  private final PrintWriter out;

  /** Of the edge of this directory, which may be running meanwhile. */
  public EdgeDryRun(EdgeHome home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * Prints it.
   *
   * @throws EdgeFailure if the edge has not joined, or its directory cannot be read
   */
  public void print(DeviceDriver device) {
    EdgeProfile profile = home.requireProfile();
    EdgeKeys keys = home.requireKeys();
    EdgeState state = HeldConfiguration.state(home, profile, keys);
    out.printf(
        "dry run: from the configuration stored in %s; the server is not asked, nothing is"
            + " changed%n",
        home.directory());
    if (state.groups().isEmpty()) {
      out.println("no configuration is stored: it comes when the edge runs");
    }
    ConfigurationVerifier verifier =
        new ConfigurationVerifier(profile.edge(), keys, profile.controller());
    try (TunnelDriver driver = device.dryRun(out, profile.edge(), keys)) {
      driver.start(_ -> {});
      state.groups().forEach(group -> print(group, verifier, driver));
    }
    out.flush();
  }

  private void print(HeldGroup group, ConfigurationVerifier verifier, TunnelDriver driver) {
    out.printf("group=%s revision=%d%n", group.id(), group.revision());
    for (TunnelPlan step : Resumption.steps(group, verifier)) {
      if (driver.apply(step) instanceof ApplyResult.Failed(String reason)) {
        out.printf("would be refused group=%s: %s%n", group.id(), reason);
        return;
      }
    }
  }
}
