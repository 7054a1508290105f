package io.linkwright.agent.device;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** Prints what a driver would be asked to do, without secrets, and accepts all of it. */
final class DryRunDriver implements TunnelDriver {
  private final PrintWriter out;

  DryRunDriver(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void start(Consumer<GroupId> stateChanged) {
    out.println("dry run: no tunnel is made");
  }

  @Override
  public ApplyResult apply(TunnelPlan plan) {
    plan.set().forEach(link -> print(plan.group(), link.configuration()));
    plan.remove()
        .forEach(link -> out.printf("would remove group=%s link=%s%n", plan.group(), link));
    out.flush();
    return new ApplyResult.Applied();
  }

  private void print(GroupId group, PeerConfiguration link) {
    out.printf(
        "would set group=%s link=%s peer=%s endpoint=%s tunnels=%d%n",
        group,
        link.link(),
        link.peer(),
        link.tunnels().getFirst().peerEndpoint().map(Object::toString).orElse("-"),
        link.tunnels().size());
  }

  @Override
  public List<TunnelStatus> states(GroupId group) {
    return List.of();
  }

  @Override
  public void close() {
    // Nothing was made.
  }
}
