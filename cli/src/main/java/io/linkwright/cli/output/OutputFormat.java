package io.linkwright.cli.output;

/** For whom a command writes. */
public enum OutputFormat {
  /** People. */
  TABLE,
  /** Programs. */
  JSON
}
