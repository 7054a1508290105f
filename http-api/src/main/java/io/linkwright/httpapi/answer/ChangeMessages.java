package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The messages of a group's stream of changes, by the names that server-sent events have. */
public final class ChangeMessages {
  /** An event of the log, as {@link EventAnswer}; its id is the revision. */
  public static final String CHANGE = "change";

  /** All before was sent and what comes now is new, as {@link Live}; its id is the revision. */
  public static final String LIVE = "live";

  /** An edge said something new of itself, or has fallen silent, as {@link Status}. */
  public static final String STATUS = "status";

  /** The group stands still, as {@link DamageAnswer}. */
  public static final String DAMAGE = "damage";

  private ChangeMessages() {}

  /** How far the stream has come. */
  public record Live(long revision) {}

  /**
   * What an edge says of itself.
   *
   * @param silent true if it was not heard of for too long; left out otherwise
   */
  public record Status(
      EdgeId edge,
      boolean connected,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> silent,
      long acknowledgedRevision,
      Optional<String> lastError,
      Instant reportedAt,
      List<TunnelReport> tunnels) {

    /** Copies the list. */
    public Status {
      tunnels = List.copyOf(tunnels);
    }

    /** What the edge has just said. */
    public static Status of(EdgeStatus status) {
      return of(status, status.connected(), Optional.empty(), TunnelStatus::state);
    }

    /** Nothing is known of the edge any more, so nothing of its tunnels. */
    public static Status ofSilent(EdgeStatus last) {
      return of(last, false, Optional.of(true), _ -> TunnelState.UNKNOWN);
    }

    private static Status of(
        EdgeStatus status,
        boolean connected,
        Optional<Boolean> silent,
        Function<TunnelStatus, TunnelState> state) {
      return new Status(
          status.edge(),
          connected,
          silent,
          status.acknowledgedRevision(),
          status.lastError(),
          status.reportedAt(),
          status.tunnels().stream()
              .map(
                  tunnel ->
                      new TunnelReport(tunnel.link(), tunnel.tunnelIndex(), state.apply(tunnel)))
              .toList());
    }
  }

  /** What an edge says of one of its tunnels. */
  public record TunnelReport(LinkId link, int index, TunnelState status) {}
}
