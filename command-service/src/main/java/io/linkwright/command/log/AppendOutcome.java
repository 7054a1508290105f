package io.linkwright.command.log;

import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.id.GroupId;
import java.util.Map;

/** What is known of a transaction. */
public sealed interface AppendOutcome {

  /**
   * Every record is on the log.
   *
   * @param heads that the chains of their groups have come to
   */
  record Committed(Map<GroupId, LogHead> heads) implements AppendOutcome {
    /** Copies the map. */
    public Committed {
      heads = Map.copyOf(heads);
    }
  }

  /** No record is on the log or ever will be; the claim holds and another append may succeed. */
  record Aborted(String reason) implements AppendOutcome {}

  /** No record is on the log or ever will be, and the claim is over. */
  record Fenced(String reason) implements AppendOutcome {}

  /**
   * All records are on the log, or none is; only a new claim and its replay can tell. This claim is
   * over.
   */
  record Unknown(String reason) implements AppendOutcome {}
}
