package io.linkwright.agent.simulated;

import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of a tunnel: receives with every set of keys it has, sends with one of them. Owned by the
 * network's thread, but for what never changes and the status, which anybody may read.
 */
final class SimulatedTunnel {
  private final SimulatedDriver driver;
  private final GroupId group;
  private final EdgeId peer;
  private final List<TunnelKeySet> former = new ArrayList<>();
  private TunnelKeySet newest;
  private TunnelKeySet sending;
  private volatile TunnelStatus status;
  private boolean removed;
  private long awaited;

  SimulatedTunnel(
      SimulatedDriver driver,
      GroupId group,
      LinkId link,
      EdgeId peer,
      int index,
      TunnelKeySet keys) {
    this.driver = driver;
    this.group = group;
    this.peer = peer;
    this.status = new TunnelStatus(link, index, TunnelState.UNKNOWN);
    this.newest = keys;
    this.sending = keys;
  }

  SimulatedDriver driver() {
    return driver;
  }

  GroupId group() {
    return group;
  }

  EdgeId peer() {
    return peer;
  }

  TunnelStatus status() {
    return status;
  }

  TunnelState state() {
    return status.state();
  }

  /** Returns whether that is news. */
  boolean become(TunnelState next) {
    boolean changed = status.state() != next;
    if (changed) {
      status = new TunnelStatus(status.link(), status.tunnelIndex(), next);
    }
    return changed;
  }

  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
    everyKeySet().forEach(this::uninstall);
  }

  /** The number of the probe whose reply makes the tunnel up. */
  long awaited() {
    return awaited;
  }

  void await(long probe) {
    awaited = probe;
  }

  PacketKeys outbound() {
    return sending.outbound();
  }

  /** Receives with all it has. False if the two ends' keys do not agree on anything. */
  boolean install() {
    try {
      everyKeySet().forEach(this::install);
      return true;
    } catch (IllegalStateException keyOfSmallOrder) {
      return false;
    }
  }

  /**
   * Receives with these too from now on. The ones before are installed with them: a tunnel that was
   * never used may have none installed.
   *
   * @param kept former configurations of the link whose keys stay
   */
  void add(TunnelKeySet keys, List<PeerConfiguration> kept) {
    former.add(newest);
    newest = keys;
    for (TunnelKeySet before : List.copyOf(former)) {
      if (before != sending && !kept.contains(before.configuration())) {
        former.remove(before);
        uninstall(before);
      }
    }
    // Keys that do not agree show as a tunnel that is down.
    var _ = install();
  }

  /** Sends with the newest keys from now on. */
  void switchOver() {
    sending = newest;
  }

  /** Receives with the newest keys only. */
  void retire() {
    switchOver();
    former.forEach(this::uninstall);
    former.clear();
  }

  private List<TunnelKeySet> everyKeySet() {
    List<TunnelKeySet> all = new ArrayList<>(former);
    all.add(newest);
    return all;
  }

  private void install(TunnelKeySet keys) {
    if (!keys.isDerived()) {
      driver.inbound().put(keys.inbound().tag(), new SimulatedDriver.Inbound(this, keys));
    }
  }

  private void uninstall(TunnelKeySet keys) {
    if (keys.isDerived()) {
      driver.inbound().remove(keys.inbound().tag(), new SimulatedDriver.Inbound(this, keys));
    }
  }
}
