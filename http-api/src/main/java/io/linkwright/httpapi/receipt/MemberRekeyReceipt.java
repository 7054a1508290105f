package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.List;

/** Links of a member have new keys. */
public record MemberRekeyReceipt(
    long revision, EdgeId edge, List<LinkId> rekeyed, @JsonUnwrapped ReconfiguredEdges edges)
    implements CommandReceipt {

  /** Copies the list. */
  public MemberRekeyReceipt {
    rekeyed = List.copyOf(rekeyed);
  }
}
