package io.linkwright.agent.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which sets of keys a link goes on receiving with when newer ones come (protocol, section 4): the
 * rule of the agent and of every driver, so that what is reported is what runs.
 */
public final class FormerKeys {
  private FormerKeys() {}

  /**
   * At most {@link TunnelPlan#MAX_FORMER_KEYS}. The oldest stay, because a silent peer sends with
   * those; what this edge sends with is never given up.
   *
   * @param present all sets that the link receives with, the oldest first
   * @param isSending whether this edge sends with a set
   */
  public static <K> List<K> whenRenewed(List<K> present, Predicate<K> isSending) {
    List<K> former = new ArrayList<>(present);
    while (former.size() > TunnelPlan.MAX_FORMER_KEYS) {
      int newest = former.size() - 1;
      former.remove(isSending.test(former.get(newest)) ? newest - 1 : newest);
    }
    return List.copyOf(former);
  }
}
