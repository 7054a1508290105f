package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What carries a link.
 *
 * @param index 0 primary, 1 secondary
 * @param interfaceName of either edge
 * @param status what both ends say, joined
 * @param statusText for people, in the words of the protocol
 * @param ends what each end says
 */
public record TunnelAnswer(
    int index,
    @JsonProperty("interface") String interfaceName,
    TunnelState status,
    String statusText,
    List<End> ends) {

  /** Copies the list. */
  public TunnelAnswer {
    ends = List.copyOf(ends);
  }

  /**
   * What one end says.
   *
   * @param heardAt when the edge last reported; nothing if it never did
   */
  public record End(EdgeId edge, TunnelState status, Optional<Instant> heardAt) {}
}
