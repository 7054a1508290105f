package io.linkwright.cli.applying;

import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A group as a file has it. What the file does not say stays as it is.
 *
 * @param members empty: the file says nothing of members
 * @param links empty: the file says nothing of links
 * @param places where its parts stand
 */
public record WantedGroup(
    GroupId id,
    Properties<GroupField> settings,
    Optional<SortedMap<EdgeId, WantedMember>> members,
    Optional<SortedSet<LinkId>> links,
    Places places) {
  /** Copies the collections. */
  public WantedGroup {
    members = members.map(TreeMap::new).map(Collections::unmodifiableSortedMap);
    links = links.map(TreeSet::new).map(Collections::unmodifiableSortedSet);
  }

  /** Of the group as a whole, of its links, and of each of them. */
  record Places(Place group, Place links, Map<LinkId, Place> each) {
    Places {
      each = Map.copyOf(each);
    }

    Place of(GroupField field) {
      return of(field.label());
    }

    private Place of(String field) {
      return group.field(field, group.line());
    }
  }

  /**
   * Where the file asks for a step, or does not name what the step takes away.
   *
   * @param field at fault, if that is known
   */
  Place placeOf(Step step, Optional<String> field) {
    return switch (step) {
      case Step.CreateGroup _, Step.ChangeGroup _ -> field.map(places::of).orElse(places.group());
      case Step.ChangeMember change -> placeOf(change.edge(), field);
      case Step.AddMember added -> placeOf(added.edge(), field);
      case Step.AddLink(LinkId link) -> places.each().getOrDefault(link, places.links());
      case Step.RemoveMember _ -> places.of("members");
      case Step.RemoveLink _ -> places.links();
    };
  }

  private Place placeOf(EdgeId edge, Optional<String> field) {
    return members
        .map(named -> named.get(edge))
        .map(WantedMember::place)
        .map(place -> field.map(name -> place.field(name, place.line())).orElse(place))
        .orElse(places.group());
  }
}
