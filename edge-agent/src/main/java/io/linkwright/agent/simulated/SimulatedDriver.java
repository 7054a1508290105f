package io.linkwright.agent.simulated;

import io.linkwright.agent.simulated.SimulatedNetwork.Changes;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Runs tunnels on a {@link SimulatedNetwork}: the kernel is simulated, the cryptography is not.
 * Owned by the agent, like every driver; what the network's thread owns of it is named so.
 */
public final class SimulatedDriver implements TunnelDriver {
  private final SimulatedNetwork network;
  private final EdgeId edge;
  private final EdgeKeys keys;
  private final Map<GroupId, TreeMap<LinkId, SimulatedLink>> groups = new HashMap<>();

  /** Who receives with an SPI: a kernel has one table for all groups. */
  private final Map<Long, Holder> spis = new HashMap<>();

  /** Owned by the network's thread. */
  private final Map<PacketKeys.Tag, Inbound> inbound = new HashMap<>();

  private volatile Consumer<GroupId> stateChanged = _ -> {};

  /** A tunnel that receives with these keys. */
  record Inbound(SimulatedTunnel tunnel, TunnelKeySet keys) {}

  private record Holder(GroupId group, LinkId link) {}

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
    TreeMap<LinkId, SimulatedLink> links =
        groups.computeIfAbsent(plan.group(), _ -> new TreeMap<>());
    List<PeerLink> set = plan.set().stream().filter(link -> !isRunning(links, link)).toList();
    Optional<String> conflict = conflict(plan, set);
    if (conflict.isPresent()) {
      return new ApplyResult.Failed(conflict.get());
    }
    Changes changes = new Changes();
    plan.remove().forEach(link -> remove(links, link, changes));
    set.forEach(link -> set(plan.group(), links, link, changes));
    for (LinkId link : plan.switchOver()) {
      Optional.ofNullable(links.get(link)).ifPresent(SimulatedLink::switchOver);
      of(links, link).forEach(tunnel -> changes.add(tunnel::switchOver));
    }
    for (LinkId link : plan.retire()) {
      Optional.ofNullable(links.get(link)).ifPresent(of -> spis.keySet().removeAll(of.retire()));
      of(links, link).forEach(tunnel -> changes.add(tunnel::retire));
    }
    if (links.isEmpty()) {
      groups.remove(plan.group());
    }
    network.apply(changes);
    return new ApplyResult.Applied();
  }

  private static boolean isRunning(Map<LinkId, SimulatedLink> links, PeerLink link) {
    SimulatedLink running = links.get(link.configuration().link());
    return running != null && running.configuration().equals(link.configuration());
  }

  private static List<SimulatedTunnel> of(Map<LinkId, SimulatedLink> links, LinkId link) {
    SimulatedLink running = links.get(link);
    return running == null ? List.of() : List.copyOf(running.tunnels());
  }

  private void remove(Map<LinkId, SimulatedLink> links, LinkId link, Changes changes) {
    SimulatedLink gone = links.remove(link);
    if (gone != null) {
      spis.keySet().removeAll(gone.spis());
      gone.tunnels().forEach(changes::remove);
    }
  }

  private void set(
      GroupId group, Map<LinkId, SimulatedLink> links, PeerLink link, Changes changes) {
    PeerConfiguration configuration = link.configuration();
    LinkId id = configuration.link();
    for (long spi : SimulatedLink.spisOf(configuration)) {
      spis.put(spi, new Holder(group, id));
    }
    SimulatedLink running = links.get(id);
    if (running == null) {
      running = new SimulatedLink(configuration);
      links.put(id, running);
    } else {
      spis.keySet().removeAll(running.reconfigure(configuration));
    }
    List<PeerConfiguration> kept = running.former();
    List<SimulatedTunnel> tunnels = running.tunnels();
    for (PeerTunnel tunnel : configuration.tunnels()) {
      TunnelKeySet next =
          new TunnelKeySet(
              keys, configuration, tunnel, link.secrets().tunnels().get(tunnel.index()));
      if (tunnel.index() < tunnels.size()) {
        SimulatedTunnel existing = tunnels.get(tunnel.index());
        changes.add(() -> existing.add(next, kept));
        changes.probe(existing);
      } else {
        SimulatedTunnel added =
            new SimulatedTunnel(this, group, id, configuration.peer(), tunnel.index(), next);
        tunnels.add(added);
        changes.start(added);
      }
    }
    while (tunnels.size() > configuration.tunnels().size()) {
      changes.remove(tunnels.removeLast());
    }
  }

  /** A kernel refuses a second association with the same SPI and address (RFC 4303 section 2.1). */
  private Optional<String> conflict(TunnelPlan plan, List<PeerLink> set) {
    Set<Long> taken = new HashSet<>();
    for (PeerLink link : set) {
      LinkId id = link.configuration().link();
      for (long spi : SimulatedLink.spisOf(link.configuration())) {
        Holder holder = spis.get(spi);
        boolean leaves =
            holder != null
                && holder.group().equals(plan.group())
                && plan.remove().contains(holder.link());
        if ((holder != null && !leaves) || !taken.add(spi)) {
          return Optional.of(
              "SPI 0x%08x of %s is in use on this edge; rekey one of the links".formatted(spi, id));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<TunnelStatus> states(GroupId group) {
    return groups.getOrDefault(group, new TreeMap<>()).values().stream()
        .flatMap(link -> link.tunnels().stream())
        .map(SimulatedTunnel::status)
        .toList();
  }

  @Override
  public void close() {
    stateChanged = _ -> {};
    network.detach(
        this,
        groups.values().stream()
            .flatMap(links -> links.values().stream())
            .flatMap(link -> link.tunnels().stream())
            .toList());
    groups.clear();
    spis.clear();
  }

  EdgeId edge() {
    return edge;
  }

  /** The SPIs that nobody else may have; owned by the agent. */
  SortedSet<Long> heldSpis() {
    return new TreeSet<>(spis.keySet());
  }

  Map<PacketKeys.Tag, Inbound> inbound() {
    return inbound;
  }

  void reportChange(GroupId group) {
    stateChanged.accept(group);
  }
}
