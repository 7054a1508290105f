package io.linkwright.domain.group;

import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.group.LinkNode.KeyAge;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which links are due for new keys, by the group's {@link RekeyInterval}. A function of state
 * and time alone: whoever takes a partition over finds the same links due at the same times, and
 * nothing has to be remembered but the events.
 *
 * <p>A link is due between nine tenths of the interval and all of it after it got its keys. Where
 * in between follows from its id: links that were added together part, a little more every time,
 * and no keys are meant to become older than the operator said. Links that wait for an enrollment
 * have no keys and are never due.
 */
public final class RekeySchedule {
  /** The part of the interval over which links of the same age are spread: a tenth. */
  static final int SPREAD_DIVISOR = 10;

  /** Steps of the spread. */
  private static final int SPREAD_BITS = 16;

  /** 2⁶⁴ divided by the golden ratio: spreads ids that differ in their last digit. */
  private static final long FIBONACCI_HASH = 0x9E3779B97F4A7C15L;

  /** A link whose keys are to be changed, and since when. */
  public record DueLink(GroupId group, LinkId link, Instant since) {}

  private RekeySchedule() {}

  /**
   * The links that are due now, the oldest keys first, and not more than {@code limit}. It costs
   * what is due and what falls into the present tenth of the interval; younger keys are not looked
   * at.
   */
  public static List<DueLink> due(Active group, Instant now, int limit) {
    Optional<RekeyInterval> interval = group.settings().rekeyEvery();
    if (interval.isEmpty()) {
      return List.of();
    }
    long intervalMs = interval.get().duration().toMillis();
    long nowMs = now.toEpochMilli();
    List<DueLink> due = new ArrayList<>();
    for (Map.Entry<KeyAge, LinkId> entry : group.contents().ages()) {
      KeyAge age = entry.getKey();
      if (due.size() >= limit || age.keyedAtMs() + earliestMs(intervalMs) > nowMs) {
        break;
      }
      LinkId link = entry.getValue();
      long dueMs = age.keyedAtMs() + waitMs(link, intervalMs);
      if (dueMs <= nowMs) {
        due.add(new DueLink(group.id(), link, Instant.ofEpochMilli(dueMs)));
      }
    }
    return due;
  }

  private static long earliestMs(long intervalMs) {
    return intervalMs - intervalMs / SPREAD_DIVISOR;
  }

  private static long waitMs(LinkId link, long intervalMs) {
    long spreadMs = intervalMs / SPREAD_DIVISOR;
    long step = (hash(link) * FIBONACCI_HASH) >>> (Long.SIZE - SPREAD_BITS);
    return earliestMs(intervalMs) + ((step * spreadMs) >> SPREAD_BITS);
  }

  /** Of text, whose hash is the same in every process and release; a record's need not be. */
  private static long hash(LinkId link) {
    return 31L * link.edgeA().value().hashCode() + link.edgeB().value().hashCode();
  }
}
