package io.linkwright.domain.group;

import io.linkwright.domain.id.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The groups that the records of a log make, taken in the order of their offsets. What is wrong
 * with one group stops that group and no other. Owned by one thread.
 *
 * <p>A group's chain covers the events that its state is made of, and no others: what is set aside
 * at damage is not in it, and a recovery goes on from the head of the last good state.
 */
public final class FoldedLog {
  private final SealCheck check;
  private final LogChain chain = new LogChain();
  private final Map<GroupId, Chained> groups = new HashMap<>();
  private int damaged;

  /** A group, and the head of its chain at its last good state. */
  private record Chained(FoldedGroup group, LogHead head) {}

  /**
   * A log without records.
   *
   * @param check what an event must pass; used by the thread that owns the log
   */
  public FoldedLog(SealCheck check) {
    this.check = check;
  }

  /**
   * Takes the next event and says what it is to its group.
   *
   * @param key of its record; empty if it has none
   */
  public Succession take(
      String key, RecordedEvent event, EventSeal seal, int partition, long offset) {
    GroupId id = event.group();
    if (!id.value().equals(key)) {
      return new Succession.Stray("its key is not its group, %s".formatted(id));
    }
    Chained before = chained(id);
    LogHead head = before.head;
    Succession succession = before.group.successionOf(event);
    if (succession instanceof Succession.Next) {
      LogHead after = chain.next(head, seal.valueDigest());
      Optional<String> objection = check.objection(after, seal);
      if (objection.isPresent()) {
        succession = before.group.unauthentic(event.revision(), objection.get());
      } else {
        head = after;
      }
    }
    put(before.group.with(event, succession, partition, offset), head);
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
    Chained before = chained(id);
    put(before.group.withUnknown(why, partition, offset), before.head);
    return Optional.of(id);
  }

  /** The group, absent and sound if there are no records of it. */
  public FoldedGroup group(GroupId id) {
    Chained known = groups.get(id);
    return known == null ? FoldedGroup.absent(id) : known.group;
  }

  /** Where the group's chain stands: the next event that counts goes on from here. */
  public LogHead head(GroupId id) {
    return chained(id).head;
  }

  /** A group is so from now on: what was wrong with it is over. */
  public void put(FoldedGroup group, LogHead head) {
    Chained before = groups.put(group.state().id(), new Chained(group, head));
    damaged += (group.damage().isPresent() ? 1 : 0) - (wasDamaged(before) ? 1 : 0);
  }

  /** Forgets a group, as if the log had no record of it. */
  public void forget(GroupId id) {
    damaged -= wasDamaged(groups.remove(id)) ? 1 : 0;
  }

  /** All groups, those too that are deleted, in no order. */
  public Stream<FoldedGroup> groups() {
    return groups.values().stream().map(Chained::group);
  }

  /** Groups that stand still. */
  public int damaged() {
    return damaged;
  }

  private Chained chained(GroupId id) {
    Chained known = groups.get(id);
    return known == null ? new Chained(FoldedGroup.absent(id), chain.begin(id)) : known;
  }

  private static boolean wasDamaged(Chained before) {
    return before != null && before.group.damage().isPresent();
  }
}
