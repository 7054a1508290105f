package io.linkwright.cli.applying;

import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupPicture;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose configuration steps change: both ends of each link that comes, goes or gets new keys. The
 * same edges that the server's answers name, before it is asked.
 */
final class AffectedEdges {
  private final Set<EdgeId> members;
  private final Set<LinkId> links;
  private final Set<EdgeId> changed = new HashSet<>();
  private boolean allRenewed;

  private AffectedEdges(GroupPicture now) {
    this.members = new TreeSet<>(now.members().keySet());
    this.links = new HashSet<>(now.links());
  }

  static SortedSet<EdgeId> of(GroupPicture now, Properties<GroupField> wanted, List<Step> steps) {
    AffectedEdges after = new AffectedEdges(now);
    steps.forEach(after::take);
    Properties<GroupField> settings = now.settings().with(wanted);
    Set<LinkId> linksAfter = after.linksOf(settings);
    SortedSet<EdgeId> affected = new TreeSet<>();
    for (LinkId link : now.links()) {
      if (!linksAfter.contains(link) || after.renews(link)) {
        affected.addAll(link.edges());
      }
    }
    for (LinkId link : linksAfter) {
      if (!now.links().contains(link)) {
        affected.addAll(link.edges());
      }
    }
    return affected;
  }

  private void take(Step step) {
    switch (step) {
      case Step.CreateGroup _ -> {}
      case Step.ChangeGroup change ->
          allRenewed =
              change.to().values().keySet().stream()
                  .anyMatch(field -> field == GroupField.DUAL_TUNNEL || field.isOfIpsec());
      case Step.RemoveMember(EdgeId edge, int _) -> {
        members.remove(edge);
        links.removeIf(link -> link.joins(edge));
      }
      case Step.ChangeMember change -> {
        boolean concernsPeers =
            change.keys().isPresent()
                || change.to().values().keySet().stream().anyMatch(MemberField::concernsPeers);
        if (concernsPeers) {
          changed.add(change.edge());
        }
      }
      case Step.AddMember added -> members.add(added.edge());
      case Step.RemoveLink(LinkId link) -> links.remove(link);
      case Step.AddLink(LinkId link) -> links.add(link);
    }
  }

  private boolean renews(LinkId link) {
    return allRenewed || link.edges().stream().anyMatch(changed::contains);
  }

  private Set<LinkId> linksOf(Properties<GroupField> settings) {
    return switch (Topology.parse(settings.text(GroupField.TOPOLOGY).orElseThrow())) {
      case PARTIAL_MESH -> links;
      case MESH -> pairs();
      case HUB_SPOKE -> star(new EdgeId(settings.text(GroupField.HUB).orElseThrow()));
    };
  }

  private Set<LinkId> pairs() {
    List<EdgeId> edges = new ArrayList<>(members);
    Set<LinkId> pairs = new HashSet<>();
    for (int a = 0; a < edges.size(); a++) {
      for (int b = a + 1; b < edges.size(); b++) {
        pairs.add(new LinkId(edges.get(a), edges.get(b)));
      }
    }
    return pairs;
  }

  private Set<LinkId> star(EdgeId hub) {
    Set<LinkId> spokes = new HashSet<>();
    if (members.contains(hub)) {
      members.stream()
          .filter(edge -> !edge.equals(hub))
          .forEach(edge -> spokes.add(LinkId.between(edge, hub)));
    }
    return spokes;
  }
}
