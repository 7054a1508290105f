package io.linkwright.domain.link;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;

/**
 * An end's word on a link whose keys are changing. Keys are named by the revision of the link
 * document that brought them, which no two sets of keys of a link share.
 *
 * @param newest of the newest keys the end receives with; 0 if it has not taken over what it should
 *     run, so that nothing may be concluded about it
 * @param sending of the keys it sends with: {@code newest} once it has switched over and only keeps
 *     the former ones for what is still on its way
 */
public record KeyChange(LinkId link, long newest, long sending) {

  /**
   * Checks the revisions.
   *
   * @throws IllegalArgumentException if one of them cannot be
   */
  public KeyChange {
    Revision.require("newest", newest);
    Revision.require("sending", sending);
  }

  /** Nothing may be concluded about the keys that the end runs. */
  public static KeyChange undelivered(LinkId link) {
    return new KeyChange(link, 0, 0);
  }

  /** Whether the end sends with its newest keys. */
  public boolean isSwitched() {
    return newest != 0 && sending == newest;
  }
}
