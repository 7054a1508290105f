package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.LinkId;

/** A link was added or removed, or has new keys. */
public record LinkReceipt(long revision, LinkId link, @JsonUnwrapped ReconfiguredEdges edges)
    implements CommandReceipt {}
