package io.linkwright.command.log;

import java.util.List;
import java.util.function.Consumer;

/** One claim of one partition. Owned by the thread that made the claim. */
public interface PartitionLog extends AutoCloseable {

  /**
   * Hands over every committed record of the partition, in order, up to the moment of the claim.
   *
   * @throws EventLogException if the log or the schema registry does not answer in time
   * @throws UnclaimableLogException if the partition does not begin where it once began
   */
  void replay(Consumer<LoggedRecord> consumer);

  /**
   * Opens a transaction and sends all records, without waiting until they have arrived. Without
   * records {@link #commit} only finds out whether the claim still holds: an owner that was
   * replaced without noticing must not even refuse a command. Never throws for what can go wrong on
   * the way, and may block, bounded.
   */
  void send(List<LogRecord> records);

  /**
   * Ends the transaction that was sent. Never throws for what can go wrong on the way: the outcome
   * says what is known. Blocks, bounded.
   */
  AppendOutcome commit();

  /** Ends the claim on this side; whoever claims next need not wait. */
  @Override
  void close();
}
