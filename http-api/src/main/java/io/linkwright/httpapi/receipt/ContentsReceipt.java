package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Several commands were done as one.
 *
 * @param added links
 * @param changed links
 * @param removed links
 * @param invited members that have tokens of this command
 */
public record ContentsReceipt(
    long revision,
    List<LinkId> added,
    List<LinkId> changed,
    List<LinkId> removed,
    @JsonUnwrapped ReconfiguredEdges edges,
    List<Invited> invited)
    implements CommandReceipt {

  /** Copies the lists. */
  public ContentsReceipt {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    invited = List.copyOf(invited);
  }

  /**
   * A member that waits for its device.
   *
   * @param token shown this once; nothing in a dry run
   */
  public record Invited(EdgeId edge, Optional<EnrollmentToken> token, Instant tokenExpiresAt) {}
}
