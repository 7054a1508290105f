package io.linkwright.agent.configuration;

import io.linkwright.agent.tunnel.TunnelPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that a link had before its newest ones, as long as the peer may still send with them.
 *
 * <p>Keys come faster than a peer that is away can follow: beyond {@link
 * TunnelPlan#MAX_FORMER_KEYS} sets, new keys take the place of the newest ones. The oldest stay,
 * because those are the ones that a silent peer sends with.
 *
 * @param former what the link was before, the oldest first; never empty
 * @param sending revision of the keys this edge sends with: of one of these, or of the newest
 */
public record ChangingKeys(List<HeldLink> former, long sending) {

  /** Copies the list. */
  public ChangingKeys {
    former = List.copyOf(former);
  }

  /** The link has new keys for the first time, and sends with what it had. */
  static ChangingKeys first(HeldLink replaced) {
    return new ChangingKeys(List.of(replaced), replaced.revision());
  }

  /** The link has new keys once more. */
  ChangingKeys again(HeldLink replaced) {
    if (former.size() >= TunnelPlan.MAX_FORMER_KEYS) {
      return sending == replaced.revision() ? replacingLast(replaced) : this;
    }
    List<HeldLink> longer = new ArrayList<>(former);
    longer.add(replaced);
    return new ChangingKeys(longer, sending);
  }

  /** What this edge sends with is never given up. */
  private ChangingKeys replacingLast(HeldLink replaced) {
    List<HeldLink> same = new ArrayList<>(former.subList(0, former.size() - 1));
    same.add(replaced);
    return new ChangingKeys(same, sending);
  }

  ChangingKeys switchedTo(long revision) {
    return new ChangingKeys(former, revision);
  }
}
