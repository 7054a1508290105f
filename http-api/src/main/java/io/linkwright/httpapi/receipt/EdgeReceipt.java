package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.EdgeId;

/** A member was removed, or had no keys to be revoked. */
public record EdgeReceipt(long revision, EdgeId edge, @JsonUnwrapped ReconfiguredEdges edges)
    implements CommandReceipt {}
