package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges tunnels by what comes out of them. Each end sends probes, so a tunnel whose counter stands
 * still for the silence limit is down in the direction to this edge; the other direction is the
 * peer's to judge, and the two words are joined where both are known. WireGuard moreover needs a
 * handshake: a peer with another preshared key sends first messages for ever, and they are counted.
 *
 * <p>Owned by the driver's lock, but for {@link #states}, which anybody may ask.
 */
final class TunnelWatch {
  private final ProtocolObjects protocol;
  private final DriverClock clock;
  private final long silenceLimitNanos;
  private volatile Map<TunnelId, Observation> observations = Map.of();

  /**
   * What is known of a tunnel.
   *
   * @param firstNanos when it was first looked at
   * @param movedNanos when its counter was last seen to have moved
   */
  private record Observation(
      long receivedBytes, long firstNanos, long movedNanos, TunnelState state) {}

  TunnelWatch(ProtocolObjects protocol, DriverClock clock, Duration silenceLimit) {
    this.protocol = protocol;
    this.clock = clock;
    this.silenceLimitNanos = silenceLimit.toNanos();
  }

  /** Takes the counters in, and returns the groups in which a tunnel has changed. */
  Set<GroupId> observe(RunningLinks links, Map<ObjectId, Traffic> traffic) {
    Map<TunnelId, Observation> next = new HashMap<>();
    Set<GroupId> changed = new TreeSet<>();
    for (RunningLink link : links.all()) {
      for (PeerTunnel tunnel : link.configuration().tunnels()) {
        TunnelId id = RunningLinks.idOf(link, tunnel);
        Observation before = observations.get(id);
        Observation now = observation(before, counted(link, tunnel, traffic));
        next.put(id, now);
        if (before == null || before.state() != now.state()) {
          changed.add(id.group());
        }
      }
    }
    observations = Map.copyOf(next);
    return changed;
  }

  /** The tunnels that are down while another of their link is up. */
  Set<TunnelId> failedOver() {
    Map<TunnelId, Observation> now = observations;
    return now.entrySet().stream()
        .filter(entry -> entry.getValue().state() == TunnelState.DOWN)
        .map(Map.Entry::getKey)
        .filter(down -> hasOtherUp(down, now))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean hasOtherUp(TunnelId down, Map<TunnelId, Observation> now) {
    return IntStream.range(0, Tunnel.MAX_PER_LINK)
        .mapToObj(index -> new TunnelId(down.group(), down.link(), index))
        .anyMatch(other -> stateOf(now.get(other)) == TunnelState.UP);
  }

  /** Whether there is a tunnel of which nothing is known yet. */
  boolean isUnsettled() {
    return observations.values().stream()
        .anyMatch(observation -> observation.state() == TunnelState.UNKNOWN);
  }

  List<TunnelStatus> states(GroupId group, RunningLinks links) {
    Map<TunnelId, Observation> now = observations;
    return links.all().stream()
        .filter(link -> link.configuration().group().equals(group))
        .flatMap(
            link ->
                link.configuration().tunnels().stream()
                    .map(tunnel -> RunningLinks.idOf(link, tunnel)))
        .map(id -> new TunnelStatus(id.link(), id.index(), stateOf(now.get(id))))
        .toList();
  }

  private static TunnelState stateOf(Observation observation) {
    return observation == null ? TunnelState.UNKNOWN : observation.state();
  }

  private List<Traffic> counted(
      RunningLink link, PeerTunnel tunnel, Map<ObjectId, Traffic> traffic) {
    return protocol.inbound(link, tunnel).stream()
        .map(traffic::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private Observation observation(Observation before, List<Traffic> counted) {
    long nowNanos = clock.monotonicNanos().getAsLong();
    long received = counted.stream().mapToLong(Traffic::receivedBytes).sum();
    if (before == null) {
      return new Observation(received, nowNanos, nowNanos, TunnelState.UNKNOWN);
    }
    long moved = received == before.receivedBytes() ? before.movedNanos() : nowNanos;
    return new Observation(
        received, before.firstNanos(), moved, judge(before, received, moved, counted));
  }

  private TunnelState judge(
      Observation before, long received, long movedNanos, List<Traffic> counted) {
    long nowNanos = clock.monotonicNanos().getAsLong();
    if (counted.isEmpty() || nowNanos - movedNanos > silenceLimitNanos) {
      return TunnelState.DOWN;
    }
    if (counted.stream().noneMatch(one -> protocol.isAgreed(one, clock.wall().instant()))) {
      return nowNanos - before.firstNanos() > silenceLimitNanos ? TunnelState.DOWN : before.state();
    }
    return received > before.receivedBytes() ? TunnelState.UP : before.state();
  }
}
