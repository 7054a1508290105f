package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.member.EnrollmentToken;
import java.util.Optional;

/**
 * A member was added, or given a new token.
 *
 * @param token shown this once; nothing if the member came with keys, and in a dry run
 */
public record InvitationReceipt(
    long revision,
    @JsonUnwrapped MemberState member,
    @JsonUnwrapped ReconfiguredEdges edges,
    Optional<EnrollmentToken> token)
    implements CommandReceipt {}
