package io.linkwright.pusher.delivery;

import io.linkwright.domain.delivery.EdgeConfigKey;

/**
 * A record of an edge was written or removed, possibly several times; {@link DesiredConfiguration}
 * shows it already.
 *
 * @param since revision of the first of these changes that was not told yet; 0 if it carried none
 * @param revision of the record; 0 if it carried none
 */
public record Change(EdgeConfigKey key, long since, long revision) {

  /** One change. */
  public Change(EdgeConfigKey key, long revision) {
    this(key, revision, revision);
  }

  /** This and one that came later, of the same key. */
  public Change and(Change later) {
    return new Change(key, since, Math.max(revision, later.revision));
  }
}
