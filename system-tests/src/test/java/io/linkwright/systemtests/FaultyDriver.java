package io.linkwright.systemtests;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Another driver whose edge finds tunnels down that are not: a fault that only one end sees. */
final class FaultyDriver implements TunnelDriver {
  private final TunnelDriver driver;
  private final Set<Integer> down = ConcurrentHashMap.newKeySet();
  private volatile Consumer<GroupId> stateChanged = _ -> {};

  FaultyDriver(TunnelDriver driver) {
    this.driver = driver;
  }

  /** From now on the tunnels of these indexes, and no others, are down as far as the edge sees. */
  void seesDown(GroupId group, Set<Integer> indexes) {
    down.retainAll(indexes);
    down.addAll(indexes);
    stateChanged.accept(group);
  }

  @Override
  public void start(Consumer<GroupId> changed) {
    stateChanged = changed;
    driver.start(changed);
  }

  @Override
  public ApplyResult apply(TunnelPlan plan) {
    return driver.apply(plan);
  }

  @Override
  public List<TunnelStatus> states(GroupId group) {
    return driver.states(group).stream().map(this::seen).toList();
  }

  private TunnelStatus seen(TunnelStatus tunnel) {
    return down.contains(tunnel.tunnelIndex())
        ? new TunnelStatus(tunnel.link(), tunnel.tunnelIndex(), TunnelState.DOWN)
        : tunnel;
  }

  @Override
  public void close() {
    driver.close();
  }
}
