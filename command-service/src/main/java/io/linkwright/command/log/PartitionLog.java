package io.linkwright.command.log;

import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.SealCheck;
import io.linkwright.domain.id.GroupId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One claim of one partition. Owned by the thread that made the claim. */
public interface PartitionLog extends AutoCloseable {

  /** What an event of this log must pass; owned by the same thread. */
  SealCheck seals();

  /**
   * Hands over every committed record of the partition, in order, up to the moment of the claim.
   *
   * @throws EventLogException if the log or the schema registry does not answer in time
   * @throws UnclaimableLogException if the partition does not begin where it once began
   */
  void replay(Consumer<LoggedRecord> consumer);

  /**
   * Hands over what others have written to the partition since the replay, or since they were
   * handed over last: nobody but this claim should. Each record comes once, also if this fails.
   *
   * @throws EventLogException if the log or the schema registry does not answer in time
   */
  void strangers(Consumer<LoggedRecord> consumer);

  /**
   * Opens a transaction, seals its events and sends all records, without waiting until they have
   * arrived. Without records {@link #commit} only finds out whether the claim still holds: an owner
   * that was replaced without noticing must not even refuse a command. Never throws for what can go
   * wrong on the way, and may block, bounded.
   *
   * @param heads that the events go on from
   */
  void send(List<LogRecord> records, Function<GroupId, LogHead> heads);

  /**
   * Waits until what was sent has arrived, and hands over what others have written before it, as
   * {@link #strangers} does. Never throws for what can go wrong on the way: {@link #commit} tells.
   * Blocks, bounded.
   */
  void arrive(Consumer<LoggedRecord> strangers);

  /**
   * Ends the transaction that has arrived. Never throws for what can go wrong on the way: the
   * outcome says what is known. Blocks, bounded.
   */
  AppendOutcome commit();

  /**
   * Ends the transaction without effect. The outcome is any but {@link AppendOutcome.Committed}.
   */
  AppendOutcome abort(String reason);

  /** Ends the claim on this side; whoever claims next need not wait. */
  @Override
  void close();
}
