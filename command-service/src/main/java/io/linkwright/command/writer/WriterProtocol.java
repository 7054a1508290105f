package io.linkwright.command.writer;

import io.linkwright.command.log.AppendOutcome;
import io.linkwright.command.log.EventLog;
import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.PartitionLog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single-writer protocol of one partition, step by step: claim and replay, then one transaction
 * after the other. It has no thread and no clock of its own, so that a simulation can drive it
 * through every failure. Owned by one thread.
 *
 * <p>Whenever it is not certain what is on the log, the state is dropped and the partition claimed
 * anew: the claim ends what was left open, and the replay tells what became of it.
 */
public final class WriterProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(WriterProtocol.class);

  /** Where the protocol stands; each phase offers only what is legal in it. */
  public sealed interface Phase {
    /** Nothing is known and nothing may be written. Next: {@link WriterProtocol#claim}. */
    record Unclaimed() implements Phase {}

    /** State and log agree. Next: {@link WriterProtocol#write}. */
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
   * @throws IllegalStateException if the log holds what cannot be: a gap or an impossible event
   */
  public void claim() {
    if (!(phase instanceof Phase.Unclaimed)) {
      throw new IllegalStateException("partition %d is %s".formatted(partition, phase));
    }
    PartitionLog log = eventLog.claim(partition);
    try {
      WriterState state = new WriterState(limits.maxReceipts());
      log.replay(state::replay);
      state.endReplay();
      phase = new Phase.Owner(log, state);
    } finally {
      if (phase instanceof Phase.Unclaimed) {
        log.close();
      }
    }
  }

  /**
   * Writes one transaction: the first command and as many of {@code more} as fit, and answers them.
   * What is aborted is decided and tried once more.
   */
  public void write(Submission first, Supplier<Optional<Submission>> more) {
    if (!(phase instanceof Phase.Owner(PartitionLog log, WriterState state))) {
      throw new IllegalStateException("partition %d is %s".formatted(partition, phase));
    }
    Draft draft = new Draft(state, configurations, limits);
    draft.add(first);
    while (!draft.isFull()) {
      Optional<Submission> next = more.get();
      if (next.isEmpty()) {
        break;
      }
      draft.add(next.get());
    }
    AppendOutcome outcome = append(log, draft);
    if (outcome instanceof AppendOutcome.Aborted(String reason)) {
      LOG.warn("transaction aborted, trying again partition={} reason={}", partition, reason);
      draft = draft.redone();
      outcome = append(log, draft);
    }
    switch (outcome) {
      case AppendOutcome.Committed() -> {}
      case AppendOutcome.Aborted(String reason) ->
          LOG.warn("transaction aborted partition={} reason={}", partition, reason);
      case AppendOutcome.Fenced(String reason) -> release(log, "fenced", reason);
      case AppendOutcome.Unknown(String reason) -> release(log, "outcome unknown", reason);
    }
    metrics.batch(draft.commandCount());
    draft.settle(outcome);
  }

  /** Gives the partition up. */
  public void close() {
    if (phase instanceof Phase.Owner(PartitionLog log, _)) {
      log.close();
    }
    phase = new Phase.Closed();
  }

  private AppendOutcome append(PartitionLog log, Draft draft) {
    long start = System.nanoTime();
    AppendOutcome outcome = appendTo(log, draft);
    metrics.append(outcome, Duration.ofNanos(System.nanoTime() - start));
    return outcome;
  }

  private AppendOutcome appendTo(PartitionLog log, Draft draft) {
    try {
      return log.append(draft.records());
    } catch (RuntimeException bug) {
      LOG.error("append failed partition={}", partition, bug);
      return new AppendOutcome.Unknown("append failed: " + bug.getClass().getSimpleName());
    }
  }

  private void release(PartitionLog log, String what, String reason) {
    LOG.warn("partition given up partition={} what={} reason={}", partition, what, reason);
    phase = new Phase.Unclaimed();
    log.close();
  }
}
