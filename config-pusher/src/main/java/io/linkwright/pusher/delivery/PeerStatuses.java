package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import java.util.Optional;

/**
 * What the other ends of an edge's links have said, whichever pusher they said it to. It may be
 * older than what is so, never newer: an end that was at a step has been there.
 */
public interface PeerStatuses {

  /** Empty if nothing was ever heard of the edge in the group. */
  Optional<PeerStatus> find(GroupId group, EdgeId edge);

  /** One end's word on the keys of its links. */
  interface PeerStatus {

    /** The highest revision it has acknowledged. */
    long acknowledgedRevision();

    /** The link, if it is not settled. */
    Optional<KeyChange> keyChange(LinkId link);

    /** Whether it receives with these keys, as its newest. */
    default boolean receivesWith(LinkId link, long revision) {
      return keyChange(link)
          .map(change -> change.newest() == revision)
          .orElse(acknowledgedRevision() >= revision);
    }

    /** Whether it sends with these keys, as its newest. */
    default boolean sendsWith(LinkId link, long revision) {
      return keyChange(link)
          .map(change -> change.newest() == revision && change.isSwitched())
          .orElse(acknowledgedRevision() >= revision);
    }
  }
}
