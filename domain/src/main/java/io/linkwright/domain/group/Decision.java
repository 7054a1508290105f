package io.linkwright.domain.group;

import java.util.List;

/** The answer of {@code Decider} to a command. */
public sealed interface Decision {

  /** These steps follow, in this order; none if the command asks for what is already so. */
  record Accepted(List<Step> steps) implements Decision {
    /** Copies the list. */
    public Accepted {
      steps = List.copyOf(steps);
    }

    /** The events of the steps. */
    public List<RecordedEvent> events() {
      return steps.stream().map(Step::event).toList();
    }
  }

  /**
   * An event and what it leads to.
   *
   * @param after the group with the event, as {@link Evolver} makes it: nobody who has the decision
   *     needs to evolve again
   */
  record Step(RecordedEvent event, GroupState after) {}

  /** Nothing happens. */
  record Refused(Rejection rejection) implements Decision {}
}
