package io.linkwright.cli.applying;

import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentStanding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose configuration steps change: both ends of each link that comes, goes or gets new keys. The
 * same edges that the server's answers name, before it is asked. A link is configured only once
 * both ends are enrolled, so some of them get nothing yet.
 */
final class AffectedEdges {
  private final Set<EdgeId> members;
  private final Set<LinkId> links;
  private final Set<EdgeId> enrolled = new HashSet<>();
  private final Set<EdgeId> changed = new HashSet<>();
  private boolean allRenewed;

  private AffectedEdges(GroupSnapshot now) {
    this.members = new TreeSet<>(now.members().keySet());
    this.links = new HashSet<>(now.links());
    now.members()
        .forEach(
            (edge, member) -> {
              if (member.enrollment() == EnrollmentStanding.ENROLLED) {
                enrolled.add(edge);
              }
            });
  }

  /**
   * Whom steps concern.
   *
   * @param now those who get something
   * @param awaiting those who get nothing before an enrollment
   */
  record Forecast(SortedSet<EdgeId> now, SortedSet<EdgeId> awaiting) {}

  static Forecast of(GroupSnapshot before, Properties<GroupField> wanted, List<Step> steps) {
    AffectedEdges after = new AffectedEdges(before);
    steps.forEach(after::take);
    Set<LinkId> linksAfter = after.linksOf(before.settings().with(wanted));
    SortedSet<EdgeId> now = new TreeSet<>();
    SortedSet<EdgeId> awaiting = new TreeSet<>();
    for (LinkId link : before.links()) {
      if (!linksAfter.contains(link)) {
        now.addAll(link.edges());
      }
    }
    for (LinkId link : linksAfter) {
      if (!before.links().contains(link) || after.renews(link)) {
        (after.isConfigured(link) ? now : awaiting).addAll(link.edges());
      }
    }
    awaiting.removeAll(now);
    return new Forecast(now, awaiting);
  }

  private boolean isConfigured(LinkId link) {
    return enrolled.containsAll(link.edges());
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
        enrolled.remove(edge);
        links.removeIf(link -> link.joins(edge));
      }
      case Step.ChangeMember change -> {
        boolean concernsPeers =
            change.keys().isPresent()
                || change.to().values().keySet().stream().anyMatch(MemberField::concernsPeers);
        if (change.keys().isPresent()) {
          enrolled.add(change.edge());
        }
        if (concernsPeers) {
          changed.add(change.edge());
        }
      }
      case Step.AddMember added -> {
        members.add(added.edge());
        if (added.keys().isPresent()) {
          enrolled.add(added.edge());
        }
      }
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
