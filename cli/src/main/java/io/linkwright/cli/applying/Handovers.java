package io.linkwright.cli.applying;

import static io.linkwright.cli.group.MemberField.ALLOWED_SUBNETS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.id.EdgeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The order in which networks go from member to member: an address is behind one member at any
 * time, so each is given up before it is taken. Where that goes round in a circle, as when two
 * members swap, one of them first gives up what others want, and takes its own later. Owned by one
 * thread, used once.
 */
final class Handovers {
  private final Map<EdgeId, MemberPicture> members;

  /** Who is to change and has not been put in order yet. */
  private final SequencedMap<EdgeId, Step.ChangeMember> changes = new TreeMap<>();

  /** What the members have now. */
  private final NetworkMap<EdgeId> held = new NetworkMap<>();

  /** What members are to have that have it not yet. */
  private final NetworkMap<EdgeId> wanted = new NetworkMap<>();

  private final SequencedMap<EdgeId, Step.ChangeMember> givenUpFirst = new TreeMap<>();

  Handovers(Map<EdgeId, MemberPicture> members, List<Step.ChangeMember> changes) {
    this.members = members;
    members.forEach(
        (edge, member) ->
            networks(member.properties()).forEach(network -> held.put(network, edge)));
    changes.forEach(
        change -> {
          this.changes.put(change.edge(), change);
          taken(change).forEach(network -> wanted.put(network, change.edge()));
        });
  }

  /** A new member is to have these. */
  void wantedByNew(EdgeId edge, Properties<MemberField> properties) {
    networks(properties).forEach(network -> wanted.put(network, edge));
  }

  /**
   * These members leave only when the others are as they are to be; what others want of theirs is
   * given up first.
   */
  void leaveLate(Set<EdgeId> leaving) {
    leaving.stream()
        .filter(edge -> networks(edge).anyMatch(network -> !takers(network, edge).isEmpty()))
        .forEach(this::giveUp);
  }

  /** This new member comes before any other is changed. */
  void comesFirst(EdgeId edge, Properties<MemberField> properties) {
    SequencedSet<EdgeId> givers = new TreeSet<>();
    networks(properties).forEach(network -> givers.addAll(givers(network, edge)));
    givers.forEach(this::giveUp);
  }

  /** What has to be given up before anything else: to be asked for after all else was said. */
  List<Step.ChangeMember> givenUpFirst() {
    return List.copyOf(givenUpFirst.values());
  }

  /** The changes, each after those that make room for it. */
  List<Step.ChangeMember> inOrder() {
    Map<EdgeId, Set<EdgeId>> givers = new TreeMap<>();
    Map<EdgeId, List<EdgeId>> takers = new HashMap<>();
    Deque<EdgeId> ready = new ArrayDeque<>();
    for (Step.ChangeMember change : changes.values()) {
      Set<EdgeId> before = new TreeSet<>();
      taken(change).forEach(network -> before.addAll(givers(network, change.edge())));
      before.forEach(
          giver -> takers.computeIfAbsent(giver, _ -> new ArrayList<>()).add(change.edge()));
      if (before.isEmpty()) {
        ready.add(change.edge());
      } else {
        givers.put(change.edge(), before);
      }
    }
    List<Step.ChangeMember> ordered = new ArrayList<>();
    while (!ready.isEmpty() || !givers.isEmpty()) {
      EdgeId next = ready.isEmpty() ? oneOfACircle(givers) : ready.remove();
      if (givers.containsKey(next)) {
        // All that are left wait for each other: this one gives up first and takes later.
        ordered.add(givenUp(next));
        replaceByRest(next);
      } else {
        Optional.ofNullable(changes.get(next)).ifPresent(ordered::add);
      }
      for (EdgeId taker : Optional.ofNullable(takers.remove(next)).orElse(List.of())) {
        Set<EdgeId> left = givers.get(taker);
        left.remove(next);
        if (left.isEmpty()) {
          givers.remove(taker);
          ready.add(taker);
        }
      }
    }
    return ordered;
  }

  /** Where all wait, whoever follows those that are waited for comes by one of them again. */
  private static EdgeId oneOfACircle(Map<EdgeId, Set<EdgeId>> givers) {
    Set<EdgeId> passed = new HashSet<>();
    EdgeId next = givers.keySet().iterator().next();
    while (passed.add(next)) {
      next = givers.get(next).iterator().next();
    }
    return next;
  }

  private void giveUp(EdgeId edge) {
    if (!givenUpFirst.containsKey(edge)) {
      givenUpFirst.put(edge, givenUp(edge));
      replaceByRest(edge);
    }
  }

  /** The step that takes from a member what others are to have, and nothing else. */
  private Step.ChangeMember givenUp(EdgeId edge) {
    return new Step.ChangeMember(
        edge, subnets(networks(edge)), subnets(kept(edge)), Optional.empty());
  }

  private Stream<Cidr> kept(EdgeId edge) {
    return networks(edge).filter(network -> takers(network, edge).isEmpty());
  }

  /** After a member has given up, its change begins from less, or has been done by that. */
  private void replaceByRest(EdgeId edge) {
    Step.ChangeMember change = changes.get(edge);
    if (change == null) {
      return;
    }
    Properties<MemberField> from = change.from().with(subnets(kept(edge)));
    Properties<MemberField> to = from.differing(change.to());
    if (to.isEmpty() && change.keys().isEmpty()) {
      changes.remove(edge);
    } else {
      changes.put(
          edge, new Step.ChangeMember(edge, from.only(to.values().keySet()), to, change.keys()));
    }
  }

  /** Who has some of a network and is about to give it up. */
  private Set<EdgeId> givers(Cidr network, EdgeId taker) {
    Set<EdgeId> givers = new TreeSet<>();
    for (NetworkMap.Owned<EdgeId> owned : held.overlapping(network)) {
      EdgeId owner = owned.owner();
      boolean gives =
          Optional.ofNullable(changes.get(owner))
              .flatMap(change -> change.to().value(ALLOWED_SUBNETS))
              .filter(to -> networks(to).noneMatch(owned.network()::equals))
              .isPresent();
      if (gives && !givenUpFirst.containsKey(owner) && !owner.equals(taker)) {
        givers.add(owner);
      }
    }
    return givers;
  }

  private List<EdgeId> takers(Cidr network, EdgeId owner) {
    return wanted.overlapping(network).stream()
        .map(NetworkMap.Owned::owner)
        .filter(taker -> !taker.equals(owner))
        .toList();
  }

  /** What a change brings its member that it has not. */
  private Stream<Cidr> taken(Step.ChangeMember change) {
    Set<Cidr> has = new HashSet<>();
    networks(change.edge()).forEach(has::add);
    return networks(change.to()).filter(network -> !has.contains(network));
  }

  private Stream<Cidr> networks(EdgeId edge) {
    return networks(members.get(edge).properties());
  }

  static Stream<Cidr> networks(Properties<MemberField> properties) {
    return properties.value(ALLOWED_SUBNETS).stream().flatMap(Handovers::networks);
  }

  private static Stream<Cidr> networks(JsonNode texts) {
    return texts.valueStream().map(JsonNode::asText).map(Cidr::parse);
  }

  private static Properties<MemberField> subnets(Stream<Cidr> networks) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    networks.forEach(network -> array.add(network.toString()));
    return new Properties<>(Map.of(ALLOWED_SUBNETS, array));
  }
}
