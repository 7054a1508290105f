package io.linkwright.agent.driver;

import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** The links after this plan. */
  RunningLinks after(TunnelPlan plan, ProtocolObjects protocol, EndpointAddresses names) {
    Map<Place, RunningLink> next = new LinkedHashMap<>(byPlace);
    for (LinkId link : plan.remove()) {
      next.remove(new Place(plan.group(), link));
    }
    for (TunnelPlan.PeerLink link : plan.set()) {
      KeyGeneration generation = KeyGeneration.of(link, protocol, names);
      next.merge(
          new Place(plan.group(), link.configuration().link()),
          RunningLink.of(generation),
          (present, _) -> present.renewed(generation));
    }
    change(next, plan.group(), plan.switchOver(), RunningLink::switchedOver);
    change(next, plan.group(), plan.retire(), RunningLink::retired);
    return new RunningLinks(next);
  }

  /** The links with the addresses that are known now. */
  RunningLinks after(EndpointAddresses names, ProtocolObjects protocol) {
    Map<Place, RunningLink> next = new LinkedHashMap<>(byPlace);
    next.replaceAll((_, link) -> link.after(names, protocol));
    return new RunningLinks(next);
  }

  /** The links that are not the same in {@code others}. */
  Set<Place> differentFrom(RunningLinks others) {
    return byPlace.keySet().stream()
        .filter(place -> !find(place).equals(others.find(place)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a link lacks rows that it may have had in an earlier run. */
  boolean awaitNames() {
    return all().stream()
        .flatMap(link -> link.generations().stream())
        .anyMatch(KeyGeneration::awaitsName);
  }

  /** Where the links' ends are to be found: names and addresses. */
  Set<String> hosts() {
    return hostsOf(all().stream().map(link -> link.newest().link()));
  }

  /** Where the ends of the links in this plan are to be found. */
  static Set<String> hostsOf(TunnelPlan plan) {
    return hostsOf(plan.set().stream());
  }

  private static Set<String> hostsOf(Stream<TunnelPlan.PeerLink> links) {
    return links
        .map(link -> link.configuration().tunnels().getFirst())
        .flatMap(tunnel -> Stream.of(tunnel.localEndpoint(), tunnel.peerEndpoint()))
        .flatMap(Optional::stream)
        .map(Endpoint::host)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What keeps links of this group from working; in their order. */
  List<LinkProblem> problems(GroupId group) {
    List<LinkProblem> problems = new ArrayList<>();
    byPlace.forEach(
        (place, link) -> {
          if (place.group().equals(group)) {
            link.newest()
                .trouble()
                .ifPresent(text -> problems.add(new LinkProblem(place.link(), text)));
          }
        });
    return problems;
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
