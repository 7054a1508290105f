package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.live.LiveView;
import io.linkwright.console.live.Snapshot;
import java.util.List;

/** A page and the parts of it that change. */
public interface ConsolePage extends LiveView {

  /** For the browser's title bar. */
  String title();

  /** Names of the scripts that this page needs beside those that all do, in their order. */
  default List<String> scripts() {
    return List.of();
  }

  /** The whole of it around its changing parts. */
  Content body(Snapshot snapshot);
}
