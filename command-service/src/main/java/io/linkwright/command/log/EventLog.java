package io.linkwright.command.log;

/**
 * The partitioned log of events. Exactly one claim of a partition can write to it at any time: a
 * new claim fences the one before. Thread-safe.
 */
public interface EventLog {

  /** Number of partitions of {@code linkwright.events}; fixed. */
  int partitions();

  /**
   * Takes a partition over: from here on no earlier claim can write, and what an earlier one left
   * open is ended, committed or not. Blocks, bounded.
   *
   * @throws EventLogException if the log does not answer; nothing is claimed then
   */
  PartitionLog claim(int partition);
}
