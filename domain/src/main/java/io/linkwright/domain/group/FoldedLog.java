package io.linkwright.domain.group;

import io.linkwright.domain.id.GroupId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The groups that the records of a log make, taken in the order of their offsets. What is wrong
 * with one group stops that group and no other. Owned by one thread.
 */
public final class FoldedLog {
  private final Map<GroupId, FoldedGroup> groups = new HashMap<>();
  private int damaged;

  /**
   * Takes the next event and says what it is to its group.
   *
   * @param key of its record; empty if it has none
   */
  public Succession take(String key, RecordedEvent event, int partition, long offset) {
    GroupId id = event.group();
    if (!id.value().equals(key)) {
      return new Succession.Stray("its key is not its group, %s".formatted(id));
    }
    FoldedGroup group = group(id);
    Succession succession = group.successionOf(event);
    put(group.with(event, succession, partition, offset));
    return succession;
  }

  /**
   * Takes a record that may be an event and cannot be read: it damages the group of its key. Says
   * which; none if no group can have that key.
   */
  public Optional<GroupId> takeUnknown(String key, String why, int partition, long offset) {
    GroupId id;
    try {
      id = new GroupId(key);
    } catch (IllegalArgumentException notAGroup) {
      return Optional.empty();
    }
    put(group(id).withUnknown(why, partition, offset));
    return Optional.of(id);
  }

  /** The group, absent and sound if there are no records of it. */
  public FoldedGroup group(GroupId id) {
    FoldedGroup known = groups.get(id);
    return known == null ? FoldedGroup.absent(id) : known;
  }

  /** A group is so from now on: what was wrong with it is over. */
  public void put(FoldedGroup group) {
    FoldedGroup before = groups.put(group.state().id(), group);
    damaged += (group.damage().isPresent() ? 1 : 0) - (wasDamaged(before) ? 1 : 0);
  }

  /** All groups, those too that are deleted: a view, in no order. */
  public Collection<FoldedGroup> groups() {
    return Collections.unmodifiableCollection(groups.values());
  }

  /** Groups that stand still. */
  public int damaged() {
    return damaged;
  }

  private static boolean wasDamaged(FoldedGroup group) {
    return group != null && group.damage().isPresent();
  }
}
