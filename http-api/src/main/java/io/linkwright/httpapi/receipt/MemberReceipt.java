package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A member was changed or revoked. */
public record MemberReceipt(
    long revision, @JsonUnwrapped MemberState member, @JsonUnwrapped ReconfiguredEdges edges)
    implements CommandReceipt {}
