package io.linkwright.standalone.run;

/** Hears, every few seconds, what a start waits for. Called from a thread of its own. */
@FunctionalInterface
public interface StartListener {
  /** Tells nobody. */
  StartListener SILENT = _ -> {};

  /**
   * It still waits.
   *
   * @param what for people, as in {@code config-pusher: reading edge-config, 1200 records behind}
   */
  void waiting(String what);
}
