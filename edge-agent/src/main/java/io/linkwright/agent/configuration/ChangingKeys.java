package io.linkwright.agent.configuration;

import io.linkwright.agent.tunnel.FormerKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that a link had before its newest ones, as long as the peer may still send with them.
 * Keys come faster than a peer that is away can follow: {@link FormerKeys} says which stay.
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
    List<HeldLink> present = new ArrayList<>(former);
    present.add(replaced);
    return new ChangingKeys(
        FormerKeys.whenRenewed(present, keys -> keys.revision() == sending), sending);
  }

  ChangingKeys switchedTo(long revision) {
    return new ChangingKeys(former, revision);
  }
}
