package io.linkwright.console.web;

import java.util.Optional;

/**
 * What is around every page.
 *
 * @param docs linked from every page; empty if nobody serves them
 */
public record Frame(Assets assets, Optional<ApiDocs> docs) {
  /** Where the file of a name is, for templates. */
  public String path(String asset) {
    return assets.path(asset);
  }
}
