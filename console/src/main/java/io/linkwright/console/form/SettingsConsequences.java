package io.linkwright.console.form;

import io.linkwright.console.api.GroupSettings;
import io.linkwright.console.api.GroupSettings.TunnelCount;
import io.linkwright.domain.group.Topology;
import io.linkwright.httpapi.answer.GroupAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What new settings do to the links of a group, for people.
 *
 * @param lines a sentence or two each; never empty
 */
public record SettingsConsequences(List<String> lines) {

  /** Copies the list. */
  public SettingsConsequences {
    lines = List.copyOf(lines);
  }

  /**
   * Of settings that were not sent yet.
   *
   * @param hubLinks links that the wanted hub has now; empty if it is no member
   */
  static SettingsConsequences of(GroupAnswer now, GroupSettings wanted, OptionalLong hubLinks) {
    List<String> lines = new ArrayList<>();
    GroupSettings settings = GroupSettings.of(now.settings());
    boolean sameHub = wanted.hub().equals(settings.hub());
    if (!wanted.topology().equals(settings.topology()) || !sameHub) {
      lines.add(ofTopology(now, wanted, hubLinks));
    }
    if (wanted.tunnels() != settings.tunnels()) {
      lines.add(ofTunnels(wanted));
    }
    return new SettingsConsequences(
        lines.isEmpty() ? List.of("The links stay as they are.") : lines);
  }

  private static String ofTopology(GroupAnswer now, GroupSettings wanted, OptionalLong hubLinks) {
    Optional<Topology> topology =
        Arrays.stream(Topology.values())
            .filter(known -> known.label().equals(wanted.topology()))
            .findAny();
    if (topology.isEmpty()) {
      return "What becomes of the links is not known to this console.";
    }
    return switch (topology.get()) {
      case PARTIAL_MESH ->
          "Links are added and removed by hand from then on; %s.".formatted(stay(now.linkCount()));
      case MESH -> {
        long pairs = now.memberCount() * (now.memberCount() - 1) / 2;
        yield "All %d members are linked with each other: %s. New members link by themselves."
            .formatted(now.memberCount(), change(now.linkCount(), pairs, now.linkCount()));
      }
      case HUB_SPOKE -> ofHub(now, wanted, hubLinks);
    };
  }

  private static String ofHub(GroupAnswer now, GroupSettings wanted, OptionalLong hubLinks) {
    if (wanted.hub().isEmpty()) {
      return "Choose the hub: the member that every other is linked to.";
    }
    if (hubLinks.isEmpty()) {
      return "The hub must be a member.";
    }
    return "Every member is linked to %s and to nobody else: %s. New members link by themselves."
        .formatted(
            wanted.hub().get(),
            change(now.linkCount(), now.memberCount() - 1, hubLinks.getAsLong()));
  }

  private static String ofTunnels(GroupSettings wanted) {
    String tunnel =
        wanted.tunnels() == TunnelCount.TWO
            ? "gets a secondary tunnel (wg3)"
            : "gives up its secondary tunnel (wg3)";
    return "Each link %s, and new keys. Both of its edges are reconfigured.".formatted(tunnel);
  }

  /**
   * How many links come and go.
   *
   * @param kept links that are there and stay
   */
  private static String change(long before, long after, long kept) {
    long added = after - kept;
    long removed = before - kept;
    if (added == 0 && removed == 0) {
      return stay(before);
    }
    return "%s added, %s removed".formatted(links(added), links(removed));
  }

  private static String stay(long links) {
    return links == 1 ? "the one link stays" : "the %d links stay".formatted(links);
  }

  private static String links(long count) {
    return count == 1 ? "1 link is" : "%d links are".formatted(count);
  }
}
