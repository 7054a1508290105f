package io.linkwright.agent;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a driver that runs nothing comes to run a group. A link whose keys are changing is set as
 * often as it has sets of keys, the oldest first, and switched over where this edge had switched:
 * so it sends again with what it sent with.
 */
public final class Resumption {
  private Resumption() {}

  /** In this order; at least one, also for a group without links. */
  public static List<TunnelPlan> steps(HeldGroup group, ConfigurationVerifier verifier) {
    List<TunnelPlan> steps = new ArrayList<>();
    int age = 0;
    List<HeldLink> layer = generation(group, age);
    do {
      steps.add(
          TunnelPlan.of(
              group.id(), layer.stream().map(held -> open(held, verifier)).toList(), List.of()));
      List<LinkId> switched = layer.stream().filter(group::isSwitchedTo).map(HeldLink::id).toList();
      if (!switched.isEmpty()) {
        steps.add(new TunnelPlan(group.id(), List.of(), List.of(), switched, List.of()));
      }
      layer = generation(group, ++age);
    } while (!layer.isEmpty());
    return steps;
  }

  private static List<HeldLink> generation(HeldGroup group, int age) {
    List<HeldLink> links = new ArrayList<>();
    group.links().keySet().forEach(link -> group.generation(link, age).ifPresent(links::add));
    return links;
  }

  private static PeerLink open(HeldLink held, ConfigurationVerifier verifier) {
    try {
      return verifier.reopen(held).peerLink();
    } catch (ProtocolException impossible) {
      throw new IllegalStateException("what was verified before does not open", impossible);
    }
  }
}
