package io.linkwright.agent.tunnel;

import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkSecrets;
import java.util.List;

/**
 * What a driver is to change in one group.
 *
 * <p>New keys come into use make-before-break. A link in {@code set} that the driver ran with other
 * keys keeps sending with them, and receives with both; once the peer is known to receive with the
 * new ones the link is in {@code switchOver}, and when nothing sent before can be on its way any
 * more, in {@code retire}. A link that is new to the driver sends with its keys at once.
 *
 * <p>A link set once more before it has switched over goes on sending with what it sends with, and
 * receives with all of them; beyond {@link #MAX_FORMER_KEYS} former sets, what is set takes the
 * place of the newest, unless the link sends with that. A link set as it is already changes
 * nothing.
 *
 * @param set links to run as described from now on, whether they were there before or not
 * @param remove links that the driver runs and is to forget
 * @param switchOver links that are to send with their newest keys from now on
 * @param retire links whose former keys are to go
 */
public record TunnelPlan(
    GroupId group,
    List<PeerLink> set,
    List<LinkId> remove,
    List<LinkId> switchOver,
    List<LinkId> retire) {

  /** Former sets of keys that a link receives with, beside its newest. */
  public static final int MAX_FORMER_KEYS = 4;

  /**
   * A link from this edge's side.
   *
   * @param secrets opened; a driver installs them and keeps them nowhere else
   */
  public record PeerLink(PeerConfiguration configuration, LinkSecrets secrets) {}

  /** Copies the lists. */
  public TunnelPlan {
    set = List.copyOf(set);
    remove = List.copyOf(remove);
    switchOver = List.copyOf(switchOver);
    retire = List.copyOf(retire);
  }

  /** Links to run and links to forget, with no change of keys under way. */
  public static TunnelPlan of(GroupId group, List<PeerLink> set, List<LinkId> remove) {
    return new TunnelPlan(group, set, remove, List.of(), List.of());
  }
}
