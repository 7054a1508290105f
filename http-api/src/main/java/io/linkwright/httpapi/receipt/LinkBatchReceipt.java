package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.LinkId;
import java.util.List;

/** Links were added and removed together. */
public record LinkBatchReceipt(
    long revision, List<LinkId> added, List<LinkId> removed, @JsonUnwrapped ReconfiguredEdges edges)
    implements CommandReceipt {

  /** Copies the lists. */
  public LinkBatchReceipt {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
