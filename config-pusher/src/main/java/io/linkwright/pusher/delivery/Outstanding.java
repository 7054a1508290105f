package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.LinkId;
import java.util.List;
import java.util.Map;

/**
 * A configuration that the edge has not answered yet. Remembers which links, not what was said of
 * them: if it is refused, what is sent next is what is right by then.
 *
 * @param groupGone whether it told the edge to drop the group
 * @param withMembership whether the membership was in it
 * @param set the links set by it, each with the revision of its document
 * @param changedAt when the session was told of the first change in it; 0 if it was not a change
 */
record Outstanding(
    String nonce,
    long revision,
    boolean groupGone,
    boolean withMembership,
    List<PendingLinks.Entry> links,
    Map<LinkId, Long> set,
    long changedAt,
    long deadline) {

  int items() {
    return links.size() + (withMembership ? 1 : 0);
  }
}
