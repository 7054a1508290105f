package io.linkwright.topology.view;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.TopologyEvent;
import java.util.List;

/** Something that changed in the view. */
public sealed interface Change {

  /** An event was applied, and this followed from it. */
  record EventApplied(RecordedEvent event, List<TopologyEvent> consequences) implements Change {
    /** Copies the list. */
    public EventApplied {
      consequences = List.copyOf(consequences);
    }
  }

  /** An edge said something new. */
  record StatusHeard(EdgeStatus status) implements Change {}

  /**
   * An edge that was connected has not been heard of for too long: nothing is known of it any more.
   *
   * @param last what it said last
   */
  record EdgeFellSilent(EdgeStatus last) implements Change {}

  /** The group stands still from now on. */
  record GroupDamaged(Damage damage) implements Change {}
}
