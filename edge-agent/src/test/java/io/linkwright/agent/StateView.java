package io.linkwright.agent;

import io.linkwright.agent.configuration.ChangingKeys;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.LinkUpdate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** All that counts of an edge's state, as a value to compare. */
public record StateView(Map<GroupId, Group> groups, Map<GroupId, Long> dropped) {

  /** What is held in a group. */
  public record Group(
      long revision,
      SignedDocument membership,
      Map<LinkId, LinkUpdate> links,
      Map<LinkId, ChangingKeys> changing,
      long floor,
      Map<LinkId, Long> removed) {}

  public static StateView of(EdgeState state) {
    Map<GroupId, Group> groups = new TreeMap<>();
    state
        .groups()
        .forEach(
            group -> {
              Map<LinkId, LinkUpdate> links = new TreeMap<>();
              for (HeldLink held : group.links().values()) {
                links.put(held.id(), held.update());
              }
              groups.put(
                  group.id(),
                  new Group(
                      group.revision(),
                      group.membership().signed(),
                      links,
                      Map.copyOf(group.changing()),
                      group.removed().floor(),
                      Map.copyOf(group.removed().revisions())));
            });
    return new StateView(groups, new LinkedHashMap<>(state.dropped()));
  }

  /** Without what only protects against replay. */
  public Map<GroupId, Map<LinkId, LinkUpdate>> links() {
    Map<GroupId, Map<LinkId, LinkUpdate>> links = new TreeMap<>();
    groups.forEach((id, group) -> links.put(id, group.links()));
    return links;
  }
}
