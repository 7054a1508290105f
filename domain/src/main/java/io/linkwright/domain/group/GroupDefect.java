package io.linkwright.domain.group;

import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import java.util.Optional;

/**
 * Why an event of the log cannot follow on what its group is.
 *
 * @param revision of the event; 0 if it could not be read
 * @param detail for people
 */
public record GroupDefect(Reason reason, long revision, String detail) {

  /** What kind of defect. */
  public enum Reason {
    /** Events before it are missing. */
    GAP,
    /** Another event stands at its revision, or at a later one. */
    RIVAL,
    /** It contradicts what the group is. */
    IMPOSSIBLE,
    /** Nothing proves that a writer of ours wrote it for this place. */
    UNAUTHENTIC,
    /** It is of a schema that is not known here: it may count, and what it says cannot be told. */
    UNKNOWN
  }

  /** A record that may be an event and could not be read. */
  public static GroupDefect unknown(String why) {
    return new GroupDefect(Reason.UNKNOWN, 0, why);
  }

  /** An event that no writer of ours put in its place. */
  static GroupDefect unauthentic(long revision, String why) {
    return new GroupDefect(Reason.UNAUTHENTIC, revision, why);
  }

  /**
   * The rule of revisions, apart from what the event says: the next one follows, and a recovery may
   * leave out as many as it likes if it takes up the revision that the group has.
   *
   * @param last the revision of the group's last event that counted; 0 if there is none
   */
  public static Optional<GroupDefect> ofRevision(long last, RecordedEvent event) {
    long revision = event.revision();
    if (revision <= last) {
      return defect(
          Reason.RIVAL,
          revision,
          "a second event at this revision: the group is at %d already".formatted(last));
    }
    if (event.payload() instanceof GroupRecovered(long resumed)) {
      return resumed == last
          ? Optional.empty()
          : defect(
              Reason.IMPOSSIBLE,
              revision,
              "it recovers the group from revision %d, and the last good one is %d"
                  .formatted(resumed, last));
    }
    if (revision == last + 1) {
      return Optional.empty();
    }
    return defect(
        Reason.GAP,
        revision,
        revision == last + 2
            ? "revision %d is missing".formatted(last + 1)
            : "revisions %d to %d are missing".formatted(last + 1, revision - 1));
  }

  private static Optional<GroupDefect> defect(Reason reason, long revision, String detail) {
    return Optional.of(new GroupDefect(reason, revision, detail));
  }
}
