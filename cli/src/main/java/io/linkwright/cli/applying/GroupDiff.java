package io.linkwright.cli.applying;

import static io.linkwright.cli.group.MemberField.ALLOWED_SUBNETS;
import static io.linkwright.cli.group.MemberField.LATITUDE;
import static io.linkwright.cli.group.MemberField.LONGITUDE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupPicture;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EnrollmentStanding;
import io.linkwright.domain.LinkId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Works out the steps from what a group is to what a file says. A pure function.
 *
 * <p>The order is one that the server takes: who goes makes room, then settings, then members that
 * give networks up before those that get some, new members, and at last links.
 */
final class GroupDiff {
  private final GroupPicture now;
  private final WantedGroup wanted;
  private final Unnamed unnamed;

  private GroupDiff(GroupPicture now, WantedGroup wanted, Unnamed unnamed) {
    this.now = now;
    this.wanted = wanted;
    this.unnamed = unnamed;
  }

  /**
   * The plan for a group that is there.
   *
   * @throws GroupFileException if the group can never become what the file says
   */
  static GroupPlan change(GroupPicture now, WantedGroup wanted, Unnamed unnamed)
      throws GroupFileException {
    SettingsRules.requireUnchanged(now.settings(), wanted);
    SettingsRules.requirePossible(now.settings().with(wanted.settings()), wanted);
    List<Step> steps = new GroupDiff(now, wanted, unnamed).steps();
    return new GroupPlan(
        wanted.id(), now.revision(), steps, AffectedEdges.of(now, wanted.settings(), steps));
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
    GroupPicture nothing =
        new GroupPicture(
            wanted.id(),
            revision,
            wanted.settings(),
            Collections.emptySortedMap(),
            Collections.emptySortedSet());
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.CreateGroup(wanted.settings()));
    steps.addAll(new GroupDiff(nothing, wanted, Unnamed.STAYS).steps());
    return new GroupPlan(
        wanted.id(), revision, steps, AffectedEdges.of(nothing, wanted.settings(), steps));
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Set<EdgeId> leaving = leaving();
    leaving.forEach(edge -> steps.add(new Step.RemoveMember(edge, linksOf(edge))));
    var settings = now.settings().differing(wanted.settings());
    if (!settings.isEmpty()) {
      steps.add(new Step.ChangeGroup(now.settings().only(settings.values().keySet()), settings));
    }
    steps.addAll(changedMembers());
    wanted.members().stream()
        .flatMap(members -> members.values().stream())
        .filter(member -> !now.members().containsKey(member.edge()))
        .forEach(
            member ->
                steps.add(new Step.AddMember(member.edge(), member.properties(), member.keys())));
    if (wanted.links().isPresent()) {
      links(wanted.links().get(), leaving, steps);
    }
    return steps;
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
    return (int) now.links().stream().filter(link -> link.joins(edge)).count();
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
    changes.sort(Comparator.comparing(GroupDiff::getsNetworks));
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

  private static boolean getsNetworks(Step.ChangeMember change) {
    Set<String> had = new HashSet<>();
    networks(change.from()).forEach(had::add);
    return networks(change.to()).anyMatch(network -> !had.contains(network));
  }

  private static Stream<String> networks(Properties<MemberField> properties) {
    return properties.value(ALLOWED_SUBNETS).stream()
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::asText);
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
