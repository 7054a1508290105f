package io.linkwright.command.writer;

import io.linkwright.command.log.AppendOutcome;
import io.linkwright.command.log.EventLog;
import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.PartitionLog;
import io.linkwright.domain.id.GroupId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single-writer protocol of one partition, step by step: claim and replay, then one transaction
 * after the other, the next decided while the log takes one up (docs/decisions/0033). It has no
 * thread and no clock of its own, so that a simulation can drive it through every failure. Owned by
 * one thread.
 *
 * <p>Whenever it is not certain what is on the log, the state is dropped and the partition claimed
 * anew: the claim ends what was left open, and the replay tells what became of it.
 *
 * <p>Nobody else may write to a claimed partition. If somebody does, it shows before the next
 * commit: an event of a group never comes to stand behind a stranger's of that group
 * (docs/decisions/0041).
 */
public final class WriterProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(WriterProtocol.class);

  /** Where the protocol stands, and what is known there. */
  public sealed interface Phase {
    /** Nothing is known and nothing may be written. Next: {@link WriterProtocol#claim}. */
    record Unclaimed() implements Phase {}

    /** State and log agree. Next: {@link WriterProtocol#write} or {@link WriterProtocol#finish}. */
    record Owner(PartitionLog log, WriterState state) implements Phase {}

    /** Over for good. */
    record Closed() implements Phase {}
  }

  private final int partition;
  private final EventLog eventLog;
  private final ConfigurationSource configurations;
  private final WriterLimits limits;
  private final WriterMetrics metrics;
  private Phase phase = new Phase.Unclaimed();

  /** The transaction on its way; only an owner has one. */
  private Optional<Sent> sent = Optional.empty();

  /**
   * @param sinceNanos on the clock of {@link System#nanoTime}
   * @param failed what is known before the log was asked to commit
   */
  private record Sent(Draft draft, long sinceNanos, Optional<AppendOutcome> failed) {}

  /** Nothing is claimed yet. */
  public WriterProtocol(
      int partition,
      EventLog eventLog,
      ConfigurationSource configurations,
      WriterLimits limits,
      WriterMetrics metrics) {
    this.partition = partition;
    this.eventLog = eventLog;
    this.configurations = configurations;
    this.limits = limits;
    this.metrics = metrics;
  }

  /** Where it stands. */
  public Phase phase() {
    return phase;
  }

  /**
   * Takes the partition over and replays it.
   *
   * @throws EventLogException if the log does not answer; still unclaimed then
   * @throws io.linkwright.command.log.UnclaimableLogException if it must not be claimed as it is
   */
  public void claim() {
    if (!(phase instanceof Phase.Unclaimed)) {
      throw new IllegalStateException("partition %d is %s".formatted(partition, phase));
    }
    PartitionLog log = eventLog.claim(partition);
    try {
      WriterState state =
          new WriterState(partition, eventLog.partitions(), log.seals(), limits, metrics);
      log.replay(state::replay);
      state.endReplay();
      state.requirePlaced();
      phase = new Phase.Owner(log, state);
    } finally {
      if (phase instanceof Phase.Unclaimed) {
        log.close();
      }
    }
  }

  /** Groups that stand still at damage of their log; 0 while the partition is not claimed. */
  public int damagedGroups() {
    return phase instanceof Phase.Owner(_, WriterState state) ? state.damagedGroups() : 0;
  }

  /**
   * Drops the claim and all that is not answered, after a failure that nobody foresaw: what is on
   * the log is for the next claim to find out.
   */
  public void abandon() {
    Optional<Sent> lost = sent;
    sent = Optional.empty();
    if (phase instanceof Phase.Owner(PartitionLog log, _)) {
      release(log, "abandoned", "a failure that nobody foresaw");
    }
    lost.ifPresent(each -> each.draft().settle(new AppendOutcome.Unknown("the writer has failed")));
  }

  /** Whether a transaction is on its way, whose commands nobody has answered. */
  public boolean isWriting() {
    return sent.isPresent();
  }

  /**
   * Decides one transaction, of the first command and as many of {@code more} as fit; ends the one
   * that is on its way; and sends this one. While the log takes one up, the next is decided upon
   * what it does: nobody hears of that before both are on the log, in their order. The next call,
   * of this or {@link #finish}, ends it and answers its commands.
   */
  public void write(Submission first, Supplier<Optional<Submission>> more) {
    if (!(phase instanceof Phase.Owner owner)) {
      throw new IllegalStateException("partition %d is %s".formatted(partition, phase));
    }
    Draft draft =
        sent.map(ahead -> ahead.draft().next())
            .orElseGet(() -> new Draft(owner.state(), configurations, limits));
    draft.add(first);
    fill(draft, more);
    boolean asForeseen = end();
    switch (phase) {
      case Phase.Owner _ -> {
        if (asForeseen) {
          draft.dropAhead();
        }
        Draft valid = asForeseen ? draft : draft.redone();
        fill(valid, more);
        sent = Optional.of(send(owner, valid));
      }
      case Phase.Unclaimed(), Phase.Closed() ->
          draft.settle(new AppendOutcome.Fenced("the transaction before it was lost"));
    }
  }

  /** Ends the transaction on its way, if there is one, and answers its commands. */
  public void finish() {
    boolean _ = end();
  }

  /**
   * Takes in what others have written since the last transaction, so that a damage shows also where
   * nobody asks for a change. A log that does not answer is asked again the next time.
   */
  public void look() {
    if (isWriting() || !(phase instanceof Phase.Owner(PartitionLog log, WriterState state))) {
      return;
    }
    try {
      log.strangers(
          record -> {
            Optional<GroupId> _ = state.takeStranger(record);
          });
    } catch (EventLogException unanswered) {
      LOG.warn(
          "strangers cannot be looked for partition={} reason={}",
          partition,
          unanswered.getMessage());
    }
  }

  /** Finishes, and gives the partition up. */
  public void close() {
    finish();
    if (phase instanceof Phase.Owner(PartitionLog log, _)) {
      log.close();
    }
    phase = new Phase.Closed();
  }

  private void fill(Draft draft, Supplier<Optional<Submission>> more) {
    while (!draft.isFull()) {
      Optional<Submission> next = more.get();
      if (next.isEmpty()) {
        return;
      }
      draft.add(next.get());
    }
  }

  /**
   * Ends the transaction on its way. What is aborted is decided and tried once more, at once. False
   * if what was sent did not come to be, or a stranger has changed what a group is: whatever was
   * decided upon it is void.
   */
  private boolean end() {
    if (sent.isEmpty() || !(phase instanceof Phase.Owner owner)) {
      return true;
    }
    Draft draft = sent.get().draft();
    Set<GroupId> touched = new HashSet<>();
    AppendOutcome outcome = commit(owner, sent.get(), touched);
    sent = Optional.empty();
    boolean asForeseen = outcome instanceof AppendOutcome.Committed && touched.isEmpty();
    if (outcome instanceof AppendOutcome.Aborted(String reason)) {
      LOG.warn("transaction aborted, trying again partition={} reason={}", partition, reason);
      draft = draft.redone();
      outcome = commit(owner, send(owner, draft), new HashSet<>());
    }
    switch (outcome) {
      case AppendOutcome.Committed _ -> {}
      case AppendOutcome.Aborted(String reason) ->
          LOG.warn("transaction aborted partition={} reason={}", partition, reason);
      case AppendOutcome.Fenced(String reason) -> release(owner.log(), "fenced", reason);
      case AppendOutcome.Unknown(String reason) -> release(owner.log(), "outcome unknown", reason);
    }
    metrics.batch(draft.commandCount());
    draft.settle(outcome);
    return asForeseen;
  }

  private Sent send(Phase.Owner owner, Draft draft) {
    long start = System.nanoTime();
    try {
      owner.log().send(draft.records(), owner.state()::head);
      return new Sent(draft, start, Optional.empty());
    } catch (RuntimeException bug) {
      return new Sent(draft, start, Optional.of(failed(bug)));
    }
  }

  private AppendOutcome commit(Phase.Owner owner, Sent transaction, Set<GroupId> touched) {
    AppendOutcome outcome =
        transaction.failed().orElseGet(() -> commit(owner, transaction.draft(), touched));
    metrics.append(outcome, Duration.ofNanos(System.nanoTime() - transaction.sinceNanos()));
    return outcome;
  }

  /**
   * Commits unless a stranger's event stands before one of the same group: that group is not what
   * the draft takes it for.
   *
   * @param touched takes the groups of which strangers have written
   */
  private AppendOutcome commit(Phase.Owner owner, Draft draft, Set<GroupId> touched) {
    try {
      owner.log().arrive(record -> owner.state().takeStranger(record).ifPresent(touched::add));
      Optional<GroupId> overtaken = touched.stream().filter(draft::writes).findFirst();
      return overtaken.isPresent()
          ? owner.log().abort("somebody else wrote an event of group %s".formatted(overtaken.get()))
          : owner.log().commit();
    } catch (RuntimeException bug) {
      return failed(bug);
    }
  }

  private AppendOutcome failed(RuntimeException bug) {
    LOG.error("append failed partition={}", partition, bug);
    return new AppendOutcome.Unknown("append failed: " + bug.getClass().getSimpleName());
  }

  private void release(PartitionLog log, String what, String reason) {
    LOG.warn("partition given up partition={} what={} reason={}", partition, what, reason);
    phase = new Phase.Unclaimed();
    log.close();
  }
}
