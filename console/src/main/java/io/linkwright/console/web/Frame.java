package io.linkwright.console.web;

import java.util.Optional;

/**
 * What is around every page.
 *
 * @param docs linked from every page; empty if nobody serves them
 * @param visitor who is signed in; empty where nobody has to
 */
public record Frame(Assets assets, Optional<ApiDocs> docs, Optional<Visitor> visitor) {
  /** Around pages that everybody sees alike. */
  public Frame(Assets assets, Optional<ApiDocs> docs) {
    this(assets, docs, Optional.empty());
  }

  /** The same for a visitor. */
  Frame of(Optional<Visitor> other) {
    return new Frame(assets, docs, other);
  }

  /** Where the file of a name is, for templates. */
  public String path(String asset) {
    return assets.path(asset);
  }
}
