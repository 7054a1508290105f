package io.linkwright.cli.replay;

import io.linkwright.domain.Evolver;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupState;
import io.linkwright.domain.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds the log's events, in the order of their offsets, and takes down what cannot follow. A group
 * stands still at its first damage; the others go on. Holds states, no events. Owned by one thread.
 */
public final class LogFold {
  /** Damages that are told one by one. */
  public static final int MAX_TOLD = 100;

  private final Optional<GroupId> watched;
  private final OptionalLong until;
  private final SortedMap<GroupId, ReplayedGroup> groups = new TreeMap<>();
  private final List<Damage> damages = new ArrayList<>();
  private Optional<ReplayedGroup> atUntil = Optional.empty();
  private long damageCount;
  private long events;

  /** Folds all, and keeps no state but the last of each group. */
  public LogFold() {
    this.watched = Optional.empty();
    this.until = OptionalLong.empty();
  }

  /** Folds all, and keeps the state that {@code group} has at {@code revision}. */
  public LogFold(GroupId group, long revision) {
    this.watched = Optional.of(group);
    this.until = OptionalLong.of(revision);
  }

  /** Where a record stands. */
  public record Position(int partition, long offset, String key) {}

  /** The next event of its partition. */
  public void event(Position position, RecordedEvent event) {
    events++;
    GroupId id = event.group();
    ReplayedGroup before = groups.get(id);
    if (!id.value().equals(position.key())) {
      damage(position, event.revision(), "its key is not its group, %s".formatted(id));
    } else if (before != null && before.partition() != position.partition()) {
      damage(
          position,
          event.revision(),
          "events of the group stand in partition %d, too".formatted(before.partition()));
    } else if (before == null || before.sound()) {
      evolve(position, event, before == null ? GroupState.absent(id) : before.state());
    }
  }

  /** A record that is no event. */
  public void unreadable(Position position, String why) {
    damage(position, 0, why);
  }

  /** Records before the partition's first are gone. */
  public void truncated(int partition, long firstOffset) {
    damage(new Position(partition, firstOffset, ""), 0, "what stood before is gone");
  }

  /** The groups, those too that are deleted. */
  public SortedMap<GroupId, ReplayedGroup> groups() {
    return Collections.unmodifiableSortedMap(groups);
  }

  /** The group at the revision asked for, if it has come to it. */
  public Optional<ReplayedGroup> watched() {
    return atUntil;
  }

  /** The first {@link #MAX_TOLD} damages. */
  public List<Damage> damages() {
    return Collections.unmodifiableList(damages);
  }

  /** All damages. */
  public long damageCount() {
    return damageCount;
  }

  /** Events seen so far. */
  public long events() {
    return events;
  }

  private void evolve(Position position, RecordedEvent event, GroupState state) {
    Optional<String> fault = faultOfRevision(state.revision(), event.revision());
    if (fault.isPresent()) {
      stop(position, event, state, fault.get());
      return;
    }
    GroupState next;
    try {
      next = Evolver.evolve(state, event);
    } catch (IllegalStateException impossible) {
      stop(position, event, state, impossible.getMessage());
      return;
    }
    ReplayedGroup group =
        new ReplayedGroup(next, position.partition(), event.occurredAt(), event.actor(), true);
    groups.put(event.group(), group);
    if (watched.equals(Optional.of(event.group())) && until.getAsLong() == event.revision()) {
      atUntil = Optional.of(group);
    }
  }

  private static Optional<String> faultOfRevision(long last, long revision) {
    if (revision <= last) {
      return Optional.of(
          "a second event at this revision: the group is at %d already".formatted(last));
    }
    if (revision == last + 2) {
      return Optional.of("revision %d is missing".formatted(last + 1));
    }
    if (revision > last + 2) {
      return Optional.of("revisions %d to %d are missing".formatted(last + 1, revision - 1));
    }
    return Optional.empty();
  }

  private void stop(Position position, RecordedEvent event, GroupState state, String what) {
    damage(position, event.revision(), what);
    ReplayedGroup before = groups.get(event.group());
    groups.put(
        event.group(),
        before == null
            ? new ReplayedGroup(
                state, position.partition(), event.occurredAt(), event.actor(), false)
            : before.unsound());
  }

  private void damage(Position position, long revision, String what) {
    damageCount++;
    if (damages.size() < MAX_TOLD) {
      damages.add(
          new Damage(position.partition(), position.offset(), position.key(), revision, what));
    }
  }
}
