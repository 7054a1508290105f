package io.linkwright.agent.simulated;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.PeerConfiguration;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs tunnels on a {@link SimulatedNetwork}: the kernel is simulated, the cryptography is not.
 * Owned by the agent, like every driver; what the network's thread owns of it is named so.
 */
public final class SimulatedDriver implements TunnelDriver {
  private final SimulatedNetwork network;
  private final EdgeId edge;
  private final EdgeKeys keys;
  private final Map<GroupId, TreeMap<LinkId, List<SimulatedTunnel>>> groups = new HashMap<>();

  /** Tunnels by the SPI of what comes in: a kernel has one table for all groups. */
  private final Map<Long, SimulatedTunnel> spis = new HashMap<>();

  /** Owned by the network's thread. */
  private final Map<PacketKeys.Tag, SimulatedTunnel> inbound = new HashMap<>();

  private volatile Consumer<GroupId> stateChanged = _ -> {};

  SimulatedDriver(SimulatedNetwork network, EdgeId edge, EdgeKeys keys) {
    this.network = network;
    this.edge = edge;
    this.keys = keys;
  }

  @Override
  public void start(Consumer<GroupId> changed) {
    stateChanged = changed;
    network.attach(this);
  }

  @Override
  public ApplyResult apply(TunnelPlan plan) {
    List<SimulatedTunnel> added = tunnelsOf(plan);
    Set<LinkId> replaced = new HashSet<>(plan.remove());
    plan.set().forEach(link -> replaced.add(link.configuration().link()));
    Optional<String> conflict = conflict(plan.group(), added, replaced);
    if (conflict.isPresent()) {
      return new ApplyResult.Failed(conflict.get());
    }
    TreeMap<LinkId, List<SimulatedTunnel>> links =
        groups.computeIfAbsent(plan.group(), _ -> new TreeMap<>());
    List<SimulatedTunnel> gone = new ArrayList<>();
    for (LinkId link : replaced) {
      Optional.ofNullable(links.remove(link)).ifPresent(gone::addAll);
    }
    gone.forEach(tunnel -> tunnel.inboundSpi().ifPresent(spis::remove));
    for (SimulatedTunnel tunnel : added) {
      links.computeIfAbsent(tunnel.linkId(), _ -> new ArrayList<>()).add(tunnel);
      tunnel.inboundSpi().ifPresent(spi -> spis.put(spi, tunnel));
    }
    if (links.isEmpty()) {
      groups.remove(plan.group());
    }
    network.changed(gone, added);
    return new ApplyResult.Applied();
  }

  private List<SimulatedTunnel> tunnelsOf(TunnelPlan plan) {
    List<SimulatedTunnel> tunnels = new ArrayList<>();
    for (TunnelPlan.PeerLink link : plan.set()) {
      PeerConfiguration configuration = link.configuration();
      configuration
          .tunnels()
          .forEach(
              tunnel ->
                  tunnels.add(
                      new SimulatedTunnel(
                          this,
                          configuration,
                          tunnel,
                          link.secrets().tunnels().get(tunnel.index()))));
    }
    return tunnels;
  }

  /** A kernel refuses a second association with the same SPI and address (RFC 4303 section 2.1). */
  private Optional<String> conflict(
      GroupId group, List<SimulatedTunnel> added, Set<LinkId> replaced) {
    Set<Long> taken = new HashSet<>();
    for (SimulatedTunnel tunnel : added) {
      if (tunnel.inboundSpi().isEmpty()) {
        continue;
      }
      long spi = tunnel.inboundSpi().getAsLong();
      SimulatedTunnel holder = spis.get(spi);
      boolean stays =
          holder != null && !(holder.group().equals(group) && replaced.contains(holder.linkId()));
      if (stays || !taken.add(spi)) {
        return Optional.of(
            "SPI 0x%08x of %s is in use on this edge; rekey one of the links"
                .formatted(spi, tunnel.linkId()));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<TunnelStatus> states(GroupId group) {
    return groups.getOrDefault(group, new TreeMap<>()).values().stream()
        .flatMap(List::stream)
        .map(SimulatedTunnel::status)
        .toList();
  }

  @Override
  public void close() {
    stateChanged = _ -> {};
    network.detach(
        this,
        groups.values().stream().flatMap(l -> l.values().stream()).flatMap(List::stream).toList());
    groups.clear();
    spis.clear();
  }

  EdgeId edge() {
    return edge;
  }

  EdgeKeys keys() {
    return keys;
  }

  Map<PacketKeys.Tag, SimulatedTunnel> inbound() {
    return inbound;
  }

  void reportChange(GroupId group) {
    stateChanged.accept(group);
  }
}
