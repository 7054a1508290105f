package io.linkwright.cli.applying;

import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import java.util.Collections;
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

  /** Of the group as a whole and of its links. */
  record Places(Place group, Place links) {
    Place of(GroupField field) {
      return group.field(field.label(), group.line());
    }
  }
}
