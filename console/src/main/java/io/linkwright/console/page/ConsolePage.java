package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.live.LiveView;
import io.linkwright.console.live.Snapshot;

/** A page and the parts of it that change. */
public interface ConsolePage extends LiveView {

  /** For the browser's title bar. */
  String title();

  /** The whole of it around its changing parts. */
  Content body(Snapshot snapshot);
}
