package io.linkwright.cli.applying;

import static io.linkwright.cli.group.MemberField.LATITUDE;
import static io.linkwright.cli.group.MemberField.LONGITUDE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.cli.group.Rehearsal;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentStanding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Works out the steps from what a group is to what a file says. A pure function.
 *
 * <p>What is needed comes before what it replaces goes: a new hub before the old one, links before
 * the member whose links they replace. What can be behind one member only is given up before it is
 * taken. And the whole has been rehearsed: the server takes every step.
 */
final class GroupDiff {
  private final GroupSnapshot now;
  private final WantedGroup wanted;
  private final Unlisted unnamed;
  private final Map<EdgeId, Integer> linkCounts = new HashMap<>();

  private GroupDiff(GroupSnapshot now, WantedGroup wanted, Unlisted unnamed) {
    now.links()
        .forEach(link -> link.edges().forEach(edge -> linkCounts.merge(edge, 1, Integer::sum)));
    this.now = now;
    this.wanted = wanted;
    this.unnamed = unnamed;
  }

  /**
   * The plan for a group that is there.
   *
   * @throws GroupFileException if the group can never become what the file says
   */
  static GroupPlan change(GroupSnapshot now, WantedGroup wanted, Unlisted unnamed)
      throws GroupFileException {
    SettingsRules.requireUnchanged(now.settings(), wanted);
    SettingsRules.requirePossible(now.settings().with(wanted.settings()), wanted);
    List<Step> planned = new GroupDiff(now, wanted, unnamed).steps();
    List<Step> steps = planned;
    if (!planned.isEmpty()) {
      Optional<Rehearsal> rehearsal = Rehearsal.of(now);
      steps = rehearsal.isPresent() ? StepOrder.of(planned, rehearsal.get(), wanted) : planned;
    }
    AffectedEdges.Forecast affected = AffectedEdges.of(now, wanted.settings(), steps);
    return new GroupPlan(wanted.id(), now.revision(), steps, affected.now(), affected.awaiting());
  }

  /**
   * The plan for a group that is not there.
   *
   * @param revision of its deletion, or 0
   * @throws GroupFileException if no such group can be created
   */
  static GroupPlan create(long revision, WantedGroup wanted) throws GroupFileException {
    SettingsRules.requireKind(wanted);
    SettingsRules.requirePossible(wanted.settings(), wanted);
    GroupSnapshot nothing =
        new GroupSnapshot(
            wanted.id(),
            revision,
            wanted.settings(),
            Collections.emptySortedMap(),
            Collections.emptySortedSet());
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.CreateGroup(wanted.settings()));
    steps.addAll(new GroupDiff(nothing, wanted, Unlisted.STAYS).steps());
    AffectedEdges.Forecast affected = AffectedEdges.of(nothing, wanted.settings(), steps);
    return new GroupPlan(
        wanted.id(),
        revision,
        StepOrder.of(steps, Rehearsal.ofNothing(wanted.id()), wanted),
        affected.now(),
        affected.awaiting());
  }

  private List<Step> steps() {
    SortedSet<EdgeId> leaving = leaving();
    SortedSet<EdgeId> leavingLate = new TreeSet<>(leaving);
    leavingLate.removeIf(edge -> !isNeededUntilTheOthersAreThere(edge));
    List<Step.AddMember> added = addedMembers();
    Optional<Step.AddMember> newHub =
        added.stream().filter(member -> isNewHub(member.edge())).findFirst();

    Handovers handovers = new Handovers(now.members(), changedMembers());
    added.forEach(member -> handovers.wantedByNew(member.edge(), member.properties()));
    handovers.leaveLate(leavingLate);
    newHub.ifPresent(hub -> handovers.comesFirst(hub.edge(), hub.properties()));

    List<Step> removed = new ArrayList<>();
    leaving.stream()
        .filter(edge -> !leavingLate.contains(edge))
        .forEach(edge -> removed.add(new Step.RemoveMember(edge, linksOf(edge))));
    List<Step> removedLate = new ArrayList<>();
    // A hub that leaves has a link to the new one for as long as both are there.
    int moreLinks = newHub.isPresent() ? 1 : 0;
    leavingLate.forEach(
        edge -> removedLate.add(new Step.RemoveMember(edge, linksOf(edge) + moreLinks)));

    List<Step> steps = new ArrayList<>(removed);
    steps.addAll(handovers.givenUpFirst());
    newHub.ifPresent(steps::add);
    var settings = now.settings().differing(wanted.settings());
    if (!settings.isEmpty()) {
      steps.add(new Step.ChangeGroup(now.settings().only(settings.values().keySet()), settings));
    }
    if (topologyAfter().isAutomatic()) {
      steps.addAll(removedLate);
    }
    steps.addAll(handovers.inOrder());
    added.stream().filter(member -> !newHub.equals(Optional.of(member))).forEach(steps::add);
    if (wanted.links().isPresent()) {
      links(wanted.links().get(), leaving, steps);
    }
    if (!topologyAfter().isAutomatic()) {
      steps.addAll(removedLate);
    }
    return steps;
  }

  private List<Step.AddMember> addedMembers() {
    return wanted.members().stream()
        .flatMap(members -> members.values().stream())
        .filter(member -> !now.members().containsKey(member.edge()))
        .map(member -> new Step.AddMember(member.edge(), member.properties(), member.keys()))
        .toList();
  }

  private Topology topologyAfter() {
    Properties<GroupField> after = now.settings().with(wanted.settings());
    return Topology.parse(after.text(GroupField.TOPOLOGY).orElseThrow());
  }

  /** A group that is there takes only a member for its hub. */
  private boolean isNewHub(EdgeId edge) {
    return wanted.settings().text(GroupField.HUB).filter(edge.value()::equals).isPresent()
        && now.settings().text(GroupField.HUB).filter(edge.value()::equals).isEmpty();
  }

  /** Whose links hold the others together, which are to have others in their place. */
  private boolean isNeededUntilTheOthersAreThere(EdgeId edge) {
    return switch (now.topology()) {
      case HUB_SPOKE ->
          now.settings().text(GroupField.HUB).filter(edge.value()::equals).isPresent();
      case PARTIAL_MESH -> topologyAfter() == Topology.PARTIAL_MESH && linksOf(edge) > 0;
      case MESH -> false;
    };
  }

  private SortedSet<EdgeId> leaving() {
    return switch (unnamed) {
      case STAYS -> Collections.emptySortedSet();
      case GOES -> {
        SortedSet<EdgeId> leaving = new TreeSet<>();
        wanted
            .members()
            .ifPresent(
                named -> {
                  leaving.addAll(now.members().keySet());
                  leaving.removeAll(named.keySet());
                });
        yield leaving;
      }
    };
  }

  private int linksOf(EdgeId edge) {
    return linkCounts.getOrDefault(edge, 0);
  }

  private List<Step.ChangeMember> changedMembers() {
    List<Step.ChangeMember> changes = new ArrayList<>();
    for (WantedMember member : wanted.members().map(Map::values).orElse(List.of())) {
      MemberPicture is = now.members().get(member.edge());
      if (is == null) {
        continue;
      }
      Properties<MemberField> to = changes(is.properties(), member.properties());
      Optional<ObjectNode> keys =
          member.keys().filter(_ -> is.enrollment() != EnrollmentStanding.ENROLLED);
      if (!to.isEmpty() || keys.isPresent()) {
        Properties<MemberField> from = is.properties().only(to.values().keySet());
        changes.add(new Step.ChangeMember(member.edge(), from, to, keys));
      }
    }
    return changes;
  }

  /** A position is changed as a whole. */
  private static Properties<MemberField> changes(
      Properties<MemberField> is, Properties<MemberField> wanted) {
    Properties<MemberField> differing = is.differing(wanted);
    Set<MemberField> fields = new HashSet<>(differing.values().keySet());
    if (fields.contains(LATITUDE) || fields.contains(LONGITUDE)) {
      fields.addAll(Set.of(LATITUDE, LONGITUDE));
    }
    return wanted.only(fields);
  }

  private void links(Set<LinkId> named, Set<EdgeId> leaving, List<Step> steps) {
    switch (unnamed) {
      case STAYS -> {}
      case GOES ->
          now.links().stream()
              .filter(link -> !named.contains(link))
              .filter(link -> Collections.disjoint(leaving, link.edges()))
              .forEach(link -> steps.add(new Step.RemoveLink(link)));
    }
    named.stream()
        .filter(link -> !now.links().contains(link))
        .forEach(link -> steps.add(new Step.AddLink(link)));
  }
}
