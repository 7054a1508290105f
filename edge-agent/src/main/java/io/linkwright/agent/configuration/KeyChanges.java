package io.linkwright.agent.configuration;

import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server's word on changing keys changes here. It carries no signature, and needs none: it
 * brings no keys and no peers, so whoever forges it can keep packets from a peer, as whoever drops
 * messages can, and nothing else.
 */
public final class KeyChanges {
  private KeyChanges() {}

  /** Only the links that are at this revision and at the step before; empty if none is. */
  public static Optional<Plan> plan(EdgeState state, ChangeOver message) {
    return state.group(message.group()).flatMap(group -> plan(group, message));
  }

  private static Optional<Plan> plan(HeldGroup group, ChangeOver message) {
    SortedMap<LinkId, Long> switchOver = new TreeMap<>();
    message
        .switchOver()
        .forEach(
            (link, revision) -> {
              if (isChanging(group, link, revision) && sending(group, link) != revision) {
                switchOver.put(link, revision);
              }
            });
    SortedMap<LinkId, Long> retire = new TreeMap<>();
    for (Map.Entry<LinkId, Long> entry : message.retire().entrySet()) {
      LinkId link = entry.getKey();
      long revision = entry.getValue();
      if (isChanging(group, link, revision) && sending(group, link) == revision) {
        retire.put(link, revision);
      }
    }
    ChangeOver effective = new ChangeOver(group.id(), switchOver, retire);
    return effective.isEmpty() ? Optional.empty() : Optional.of(new Plan.KeyStep(effective));
  }

  private static boolean isChanging(HeldGroup group, LinkId link, long newest) {
    return group.changing().containsKey(link)
        && group.link(link).filter(held -> held.revision() == newest).isPresent();
  }

  private static long sending(HeldGroup group, LinkId link) {
    return group.changing().get(link).sending();
  }
}
