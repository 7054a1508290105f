package io.linkwright.domain.group;

import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.id.GroupId;
import java.util.Optional;

/**
 * A group as far as the log tells: its last good state, and the damage at which it stands still, if
 * there is one. Immutable.
 *
 * @param highestRevision of all its events, those too that do not count
 */
public record FoldedGroup(GroupState state, Optional<GroupDamage> damage, long highestRevision) {
  /**
   * An event with a revision that far above its group's does not raise {@link #highestRevision}:
   * nobody has counted so many, and a recovery must find room above it.
   */
  private static final long MAX_PLAUSIBLE_STEP = 1L << 40;

  /** A sound group. */
  public static FoldedGroup of(GroupState state) {
    return new FoldedGroup(state, Optional.empty(), state.revision());
  }

  /** Before the first event. */
  public static FoldedGroup absent(GroupId id) {
    return of(GroupState.absent(id));
  }

  /** What the group's next record is to it. */
  public Succession successionOf(RecordedEvent event) {
    boolean recovers = event.payload() instanceof GroupRecovered;
    if (damage.isPresent() && !recovers) {
      return new Succession.SetAside();
    }
    Optional<GroupDefect> ofRevision = GroupDefect.ofRevision(state.revision(), event);
    if (ofRevision.isPresent()) {
      return defective(ofRevision.get());
    }
    try {
      return new Succession.Next(Evolver.evolve(state, event));
    } catch (RuntimeException impossible) {
      return defective(
          new GroupDefect(
              GroupDefect.Reason.IMPOSSIBLE, event.revision(), impossible.getMessage()));
    }
  }

  /** What an event is that could follow, if it were ours. */
  Succession unauthentic(long revision, String why) {
    return defective(GroupDefect.unauthentic(revision, why));
  }

  /** Nothing is worse than the first damage. */
  private Succession defective(GroupDefect defect) {
    return damage.isPresent() ? new Succession.SetAside() : new Succession.Defective(defect);
  }

  /** The group with the event, which is to it what {@link #successionOf} says. */
  public FoldedGroup with(RecordedEvent event, Succession succession, int partition, long offset) {
    return switch (succession) {
      case Succession.Next(GroupState after) ->
          new FoldedGroup(after, Optional.empty(), Math.max(highestRevision, after.revision()));
      case Succession.Defective(GroupDefect defect) ->
          new FoldedGroup(
              state,
              Optional.of(new GroupDamage(partition, offset, defect)),
              highestWith(event.revision()));
      case Succession.SetAside() -> new FoldedGroup(state, damage, highestWith(event.revision()));
      case Succession.Stray _ -> this;
    };
  }

  /** The group with a record that may be its next event, and cannot be read. */
  public FoldedGroup withUnknown(String why, int partition, long offset) {
    return new FoldedGroup(
        state,
        damage.or(() -> Optional.of(new GroupDamage(partition, offset, GroupDefect.unknown(why)))),
        highestRevision + 1);
  }

  private long highestWith(long revision) {
    return revision - state.revision() > MAX_PLAUSIBLE_STEP
        ? highestRevision
        : Math.max(highestRevision, revision);
  }
}
