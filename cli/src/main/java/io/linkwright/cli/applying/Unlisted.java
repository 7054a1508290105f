package io.linkwright.cli.applying;

/** What becomes of members and links that a file does not name. */
public enum Unlisted {
  /** They stay. */
  STAYS,
  /** They go, where the file has a list that they could be in. */
  GOES
}
