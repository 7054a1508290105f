package io.linkwright.agent;

import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How a driver that runs nothing comes to run a group. A link whose keys are changing is set as
 * often as it has sets of keys, the oldest first, and switched over where this edge had switched:
 * so it sends again with what it sent with.
 */
final class Resumption {
  private Resumption() {}

  /** In this order; at least one, also for a group without links. */
  static List<TunnelPlan> steps(HeldGroup group, Function<HeldLink, PeerLink> open) {
    List<TunnelPlan> steps = new ArrayList<>();
    int age = 0;
    List<HeldLink> layer = generation(group, age);
    do {
      steps.add(TunnelPlan.of(group.id(), layer.stream().map(open).toList(), List.of()));
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
}
