package io.linkwright.agent.driver;

import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.PeerConfiguration.PeerTunnel;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All links of the edge, in all its groups. Immutable; a plan makes another. */
record RunningLinks(Map<Place, RunningLink> byPlace) {
  static final RunningLinks NONE = new RunningLinks(Map.of());

  /** A link of a group. */
  record Place(GroupId group, LinkId link) {
    @Override
    public String toString() {
      return "group=%s link=%s".formatted(group, link);
    }
  }

  RunningLinks {
    byPlace = Collections.unmodifiableMap(new LinkedHashMap<>(byPlace));
  }

  static TunnelId idOf(RunningLink link, PeerTunnel tunnel) {
    return new TunnelId(link.configuration().group(), link.configuration().link(), tunnel.index());
  }

  Optional<RunningLink> find(Place place) {
    return Optional.ofNullable(byPlace.get(place));
  }

  Collection<RunningLink> all() {
    return byPlace.values();
  }

  /**
   * The links after this plan.
   *
   * @throws LinkRefusedException if one of them cannot be run
   */
  RunningLinks after(TunnelPlan plan, Resolver resolver) throws LinkRefusedException {
    Map<Place, RunningLink> next = new LinkedHashMap<>(byPlace);
    for (LinkId link : plan.remove()) {
      next.remove(new Place(plan.group(), link));
    }
    for (TunnelPlan.PeerLink link : plan.set()) {
      KeyGeneration generation = KeyGeneration.of(link, resolver);
      next.merge(
          new Place(plan.group(), link.configuration().link()),
          RunningLink.of(generation),
          (present, _) -> present.renewed(generation));
    }
    change(next, plan.group(), plan.switchOver(), RunningLink::switchedOver);
    change(next, plan.group(), plan.retire(), RunningLink::retired);
    return new RunningLinks(next);
  }

  /** The links that a plan speaks of, whether they are there or not. */
  static Set<Place> placesOf(TunnelPlan plan) {
    return Stream.of(
            plan.set().stream().map(link -> link.configuration().link()),
            plan.remove().stream(),
            plan.switchOver().stream(),
            plan.retire().stream())
        .flatMap(Function.identity())
        .map(link -> new Place(plan.group(), link))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of the interfaces that carry them. */
  Set<String> interfaces() {
    Set<String> names = new TreeSet<>();
    for (RunningLink link : all()) {
      link.configuration().tunnels().forEach(tunnel -> names.add(tunnel.interfaceName()));
    }
    return names;
  }

  private static void change(
      Map<Place, RunningLink> links,
      GroupId group,
      Collection<LinkId> which,
      UnaryOperator<RunningLink> change) {
    for (LinkId link : which) {
      links.computeIfPresent(new Place(group, link), (_, running) -> change.apply(running));
    }
  }
}
