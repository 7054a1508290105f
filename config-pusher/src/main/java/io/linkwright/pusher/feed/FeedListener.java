package io.linkwright.pusher.feed;

import io.linkwright.pusher.store.ConfigRecord;
import java.util.List;

/** Hears of every record once it is in the store, on the feed's thread: must not block. */
public interface FeedListener {

  /**
   * These records are in the store now, in the order of the log.
   *
   * @param live false while the store catches up with what was there before
   */
  void changed(List<ConfigRecord> records, boolean live);

  /** For too long it has not been known whether something was missed. */
  void doubtful();

  /**
   * The store is about to be emptied and read anew: nothing may be concluded from it until the feed
   * is live again.
   */
  void outdated();
}
