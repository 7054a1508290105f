package io.linkwright.agent.store;

import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.SignedDocument;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An edge's state as the shortest history that leads to it. A link whose keys are changing is
 * written as often as it has sets of keys, in the order they came, so that reading makes the same
 * of it as living did.
 */
final class Snapshot {
  private Snapshot() {}

  static List<String> lines(EdgeId edge, EdgeState state) {
    List<String> lines = new ArrayList<>();
    lines.add(ConfigurationStore.HEADER + edge);
    state.groups().forEach(group -> addGroup(lines, group));
    state
        .dropped()
        .forEach((group, floor) -> lines.add(ConfigurationStore.DROPPED + group + " " + floor));
    return lines;
  }

  private static void addGroup(List<String> lines, HeldGroup group) {
    addConfig(lines, group, Optional.of(group.membership().signed()), List.of());
    List<HeldLink> layer = generation(group, 0);
    for (int age = 1; !layer.isEmpty(); age++) {
      for (int from = 0; from < layer.size(); from += ProtocolLimits.MAX_LINKS_PER_CONFIG) {
        int to = Math.min(layer.size(), from + ProtocolLimits.MAX_LINKS_PER_CONFIG);
        List<HeldLink> part = layer.subList(from, to);
        addConfig(lines, group, Optional.empty(), part.stream().map(HeldLink::update).toList());
        addSwitched(lines, group, part);
      }
      layer = generation(group, age);
    }
    StringBuilder removed =
        new StringBuilder(ConfigurationStore.REMOVED)
            .append(group.id())
            .append(' ')
            .append(group.removed().floor());
    group
        .removed()
        .revisions()
        .forEach((link, revision) -> removed.append(' ').append(link).append(' ').append(revision));
    lines.add(removed.toString());
  }

  private static void addConfig(
      List<String> lines,
      HeldGroup group,
      Optional<SignedDocument> membership,
      List<LinkUpdate> links) {
    Config part =
        new Config(
            group.id(), Plan.NO_NONCE, group.revision(), false, membership, links, List.of());
    lines.add(ConfigurationStore.MESSAGE + EdgeMessages.write(part));
  }

  /**
   * What came as a link's first, second, ... set of the keys that count; its newest is the last.
   */
  private static List<HeldLink> generation(HeldGroup group, int age) {
    List<HeldLink> links = new ArrayList<>();
    group.links().keySet().forEach(link -> group.generation(link, age).ifPresent(links::add));
    return links;
  }

  /** Follows the generation that links have switched over to. */
  private static void addSwitched(List<String> lines, HeldGroup group, List<HeldLink> layer) {
    SortedMap<LinkId, Long> switched = new TreeMap<>();
    for (HeldLink link : layer) {
      if (group.isSwitchedTo(link)) {
        switched.put(link.id(), link.revision());
      }
    }
    if (!switched.isEmpty()) {
      ChangeOver step = new ChangeOver(group.id(), switched, Collections.emptySortedMap());
      lines.add(ConfigurationStore.MESSAGE + EdgeMessages.write(step));
    }
  }
}
