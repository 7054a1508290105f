package io.linkwright.command.writer;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * How many links each device may have renewed: every renewal stays on the log for ever, and a
 * device that asks in a loop must not fill it. A bucket for each member: full, it lets the device
 * start several times in a row with all its links; it fills up again within an hour. It is kept in
 * memory alone, so that a new claim of the partition begins with full buckets. Owned by the
 * writer's thread.
 */
final class RenewalBudget {
  /** Renewals in a row of each link that the member has. */
  static final int BURST_PER_LINK = 4;

  /** On top of that, for members with few links. */
  static final int BURST_BASE = 60;

  /** In which an empty bucket becomes full. */
  static final Duration REFILL = Duration.ofHours(1);

  /** Devices remembered, those that asked last; one that is forgotten has a full bucket. */
  static final int MAX_DEVICES = 50_000;

  private record Device(GroupId group, EdgeId edge) {}

  /**
   * @param used links that count against the bucket at the time {@code at}
   */
  private record Use(double used, Instant at) {}

  private final LinkedHashMap<Device, Use> uses = new LinkedHashMap<>();

  /**
   * Takes {@code renewed} links out of the device's bucket; false, and nothing taken, if there are
   * not as many in it. A transaction that is tried again takes them again.
   *
   * @param links that the member has, so that its bucket fits it
   */
  boolean take(GroupId group, EdgeId edge, long links, int renewed, Instant now) {
    double burst = BURST_BASE + (double) BURST_PER_LINK * links;
    Device device = new Device(group, edge);
    Use before = uses.getOrDefault(device, new Use(0, now));
    // A clock that was set back fills nothing up.
    double elapsedMs = Math.max(0, Duration.between(before.at, now).toMillis());
    double used = Math.max(0, before.used - burst * elapsedMs / REFILL.toMillis());
    boolean fits = used + renewed <= burst;
    uses.putLast(device, new Use(fits ? used + renewed : used, now));
    if (uses.size() > MAX_DEVICES) {
      uses.pollFirstEntry();
    }
    return fits;
  }
}
