package io.linkwright.cli.replay;

/** Hears how far a replay is. */
public interface ReplayListener {
  /**
   * A partition's turn has come.
   *
   * @param offsets to read in it: records, and marks of transactions
   */
  void partition(int partition, long offsets);

  /** So many more of them are read. */
  void read(long offsets);
}
