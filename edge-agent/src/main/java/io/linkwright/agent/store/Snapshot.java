package io.linkwright.agent.store;

import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An edge's state as the shortest history that leads to it. A link whose keys are changing is
 * written as often as it has sets of keys, in the order they came, so that reading makes the same
 * of it as living did. A line holds one link, and a group's membership is there twice: so much is
 * lost with a line that is damaged.
 */
final class Snapshot {
  private static final int MEMBERSHIP_COPIES = 2;

  private Snapshot() {}

  static List<String> lines(EdgeId edge, EdgeState state) {
    List<String> lines = new ArrayList<>();
    lines.add(ConfigurationStore.header(edge));
    state.groups().forEach(group -> addGroup(lines, group));
    state
        .dropped()
        .forEach((group, floor) -> lines.add(ConfigurationStore.DROPPED + group + " " + floor));
    return lines;
  }

  private static void addGroup(List<String> lines, HeldGroup group) {
    for (int copy = 0; copy < MEMBERSHIP_COPIES; copy++) {
      addConfig(lines, group, Optional.of(group.membership().signed()), List.of());
    }
    List<HeldLink> layer = generation(group, 0);
    for (int age = 1; !layer.isEmpty(); age++) {
      for (HeldLink link : layer) {
        addConfig(lines, group, Optional.empty(), List.of(link.update()));
        addSwitched(lines, group, link);
      }
      layer = generation(group, age);
    }
    String removed = ConfigurationStore.REMOVED + group.id() + ' ' + group.removed().floor();
    lines.add(removed);
    group
        .removed()
        .revisions()
        .forEach((link, revision) -> lines.add(removed + ' ' + link + ' ' + revision));
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

  /** Follows the generation that a link has switched over to. */
  private static void addSwitched(List<String> lines, HeldGroup group, HeldLink link) {
    if (group.isSwitchedTo(link)) {
      SortedMap<LinkId, Long> switched = new TreeMap<>(Map.of(link.id(), link.revision()));
      ChangeOver step = new ChangeOver(group.id(), switched, Collections.emptySortedMap());
      lines.add(ConfigurationStore.MESSAGE + EdgeMessages.write(step));
    }
  }
}
