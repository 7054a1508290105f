package io.linkwright.cli.replay;

import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.GroupDefect;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.SealCheck;
import io.linkwright.domain.group.Succession;
import io.linkwright.domain.id.GroupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds the log's events, in the order of their offsets and by the domain's rule of what may follow
 * what, and takes down what may not. A group stands still at its first damage until it is
 * recovered; the others go on. Holds states, no events. Owned by one thread.
 */
public final class LogReplayState {
  /** Damages that are told one by one. */
  public static final int MAX_TOLD = 100;

  private final Optional<GroupId> watched;
  private final OptionalLong until;
  private final FoldedLog log;
  private final ConfigurationReplay configuration = new ConfigurationReplay();
  private final SortedMap<GroupId, ReplayedGroup> groups = new TreeMap<>();
  private final List<Damage> damages = new ArrayList<>();
  private Optional<ReplayedGroup> atUntil = Optional.empty();
  private long damageCount;
  private long events;

  /**
   * Folds all, and keeps no state but the last of each group.
   *
   * @param seals what an event must pass
   */
  public LogReplayState(SealCheck seals) {
    this.log = new FoldedLog(seals);
    this.watched = Optional.empty();
    this.until = OptionalLong.empty();
  }

  /** Folds all, and keeps the state that {@code group} has at {@code revision}. */
  public LogReplayState(SealCheck seals, GroupId group, long revision) {
    this.log = new FoldedLog(seals);
    this.watched = Optional.of(group);
    this.until = OptionalLong.of(revision);
  }

  /** Where a record stands. */
  public record Position(int partition, long offset, String key) {}

  /** The next event of its partition. */
  public void event(Position position, RecordedEvent event, EventSeal seal) {
    events++;
    GroupId id = event.group();
    ReplayedGroup before = groups.get(id);
    if (before != null && before.partition() != position.partition()) {
      damage(
          position,
          event.revision(),
          "events of the group stand in partition %d, too".formatted(before.partition()));
      return;
    }
    Succession succession =
        log.take(position.key(), event, seal, position.partition(), position.offset());
    switch (succession) {
      case Succession.Next(GroupState after) -> reached(position, event, after);
      case Succession.Defective(GroupDefect defect) -> stopped(position, event, defect);
      case Succession.Stray(String reason) -> damage(position, event.revision(), reason);
      case Succession.SetAside() -> {
        // Told with the damage at which the group stands still.
      }
    }
  }

  /** A record that may be an event and cannot be read: its group stands still. */
  public void unknown(Position position, String why) {
    damage(position, 0, why);
    log.takeUnknown(position.key(), why, position.partition(), position.offset())
        .ifPresent(
            group -> {
              ReplayedGroup before = groups.get(group);
              groups.put(
                  group,
                  before == null
                      ? new ReplayedGroup(
                          GroupState.absent(group), position.partition(), Instant.EPOCH, "", false)
                      : before.unsound());
            });
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

  /** What the events that followed call for on {@code linkwright.edge-config}: a view. */
  public ConfigurationReplay configuration() {
    return configuration;
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

  private void reached(Position position, RecordedEvent event, GroupState after) {
    ReplayedGroup group =
        new ReplayedGroup(after, position.partition(), event.occurredAt(), event.actor(), true);
    groups.put(event.group(), group);
    configuration.apply(event);
    if (watched.equals(Optional.of(event.group())) && until.getAsLong() == event.revision()) {
      atUntil = Optional.of(group);
    }
  }

  private void stopped(Position position, RecordedEvent event, GroupDefect defect) {
    damage(position, event.revision(), defect.detail());
    ReplayedGroup before = groups.get(event.group());
    groups.put(
        event.group(),
        before == null
            ? new ReplayedGroup(
                GroupState.absent(event.group()),
                position.partition(),
                event.occurredAt(),
                event.actor(),
                false)
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
