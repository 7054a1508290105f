package io.linkwright.domain;

import java.util.List;

/** The answer of {@code Decider} to a command. */
public sealed interface Decision {

  /** These events follow, in this order; none if the command asks for what is already so. */
  record Accepted(List<RecordedEvent> events) implements Decision {
    /** Copies the list. */
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing happens. */
  record Refused(Rejection rejection) implements Decision {}
}
