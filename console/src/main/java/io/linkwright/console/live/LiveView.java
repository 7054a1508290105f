package io.linkwright.console.live;

/** What an open page shows, to be asked again and again. */
public interface LiveView {

  /**
   * How it looks now.
   *
   * @throws io.linkwright.console.api.ApiException if a service does not answer, or what the page
   *     is about is gone
   */
  Snapshot render();

  /**
   * Begins to listen for changes.
   *
   * @throws io.linkwright.console.api.ApiException if that is not to be had
   */
  Signals signals();
}
