package io.linkwright.command.log;

import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.SealCheck;
import io.linkwright.domain.group.Succession;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.EventSealer;
import io.linkwright.schemas.LogKey;
import io.linkwright.schemas.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The event log in memory, with what makes the real one hard: epochs that fence, transactions that
 * abort, commits whose outcome nobody hears of, commits that take effect only when somebody else
 * ends them. What befalls a transaction is decided by a {@link Fate}, so that a simulation can
 * choose. Its events are sealed as the real one's are. Thread-safe, so that real writers can share
 * it too.
 */
public final class InMemoryEventLog implements EventLog {
  private static final LogKey KEY = new LogKey(new byte[32]);

  /** What an event has that nobody sealed. */
  public static final EventSeal NO_SEAL = new EventSeal(new byte[32], Optional.empty());

  /** What befalls one transaction. */
  public enum Fate {
    /** All is well. */
    WELL,
    /** The transaction is aborted and says so. */
    ABORTED,
    /** The process dies before the commit is sent. */
    CRASH_BEFORE_COMMIT,
    /** The process dies after the commit took effect and before anybody hears of it. */
    CRASH_AFTER_COMMIT,
    /** No answer, and the commit took effect. */
    UNKNOWN_COMMITTED,
    /** No answer, and the transaction is never committed. */
    UNKNOWN_ABORTED,
    /** No answer, and the commit takes effect when the next claim ends the transaction. */
    UNKNOWN_COMMITTED_AT_NEXT_CLAIM,
    /**
     * No answer, and the commit took effect, but its marker is late: for some claims the events are
     * on the log and cannot be read.
     */
    UNKNOWN_COMMITTED_MARKER_LATE,
    /** Somebody else claims the partition between the first record and the commit. */
    FENCED_IN_BETWEEN
  }

  private static final int LATE_REPLAYS = 2;

  /** Decides fates. */
  @FunctionalInterface
  public interface Fates {
    /** The fate of the next transaction on a partition. */
    Fate next(int partition);
  }

  /** Thrown through the writer: its process is no more. */
  public static final class Crash extends Error {
    Crash() {
      super("simulated crash", null, false, false);
    }
  }

  private static final class Partition {
    private final List<LoggedRecord> records = new ArrayList<>();
    private final List<List<LogRecord>> transactions = new ArrayList<>();
    private Transaction unfinished = Transaction.EMPTY;

    /** How many events can be read, and for how many more replays that is not all of them. */
    private int readable;

    private int replaysBehind;
    private boolean truncated;
    private long epoch;
  }

  /** Records that belong together, and the seals of those that are events. */
  private record Transaction(
      List<LogRecord> records, List<EventSeal> seals, Map<GroupId, LogHead> heads) {
    private static final Transaction EMPTY = new Transaction(List.of(), List.of(), Map.of());
  }

  private final List<Partition> partitions = new ArrayList<>();
  private final Map<String, LogRecord.Configuration> configurations = new HashMap<>();
  private final Fates fates;

  /** An empty log where {@code fates} decide. */
  public InMemoryEventLog(int partitions, Fates fates) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
    this.fates = fates;
  }

  /** An empty log where all is well. */
  public static InMemoryEventLog reliable(int partitions) {
    return new InMemoryEventLog(partitions, _ -> Fate.WELL);
  }

  /** What an event of any such log must pass. */
  public static SealCheck seals() {
    return KEY.mac();
  }

  @Override
  public int partitions() {
    return partitions.size();
  }

  @Override
  public synchronized PartitionLog claim(int partition) {
    Partition claimed = partitions.get(partition);
    claimed.epoch++;
    Transaction unfinished = claimed.unfinished;
    claimed.unfinished = Transaction.EMPTY;
    commit(claimed, unfinished);
    return new Claim(partition, claimed.epoch);
  }

  /** The committed events of a partition. */
  public synchronized List<RecordedEvent> events(int partition) {
    return partitions.get(partition).records.stream()
        .filter(LoggedRecord.Event.class::isInstance)
        .map(record -> ((LoggedRecord.Event) record).event())
        .toList();
  }

  /** Somebody who is no writer of ours writes to a partition. */
  public synchronized void intrude(int partition, LongFunction<LoggedRecord> atOffset) {
    List<LoggedRecord> records = partitions.get(partition).records;
    records.add(atOffset.apply(records.size()));
  }

  /** A writer of ours has written an event, at some former time. */
  public synchronized void former(int partition, RecordedEvent event) {
    List<LoggedRecord> records = partitions.get(partition).records;
    records.add(
        new LoggedRecord.Event(
            records.size(),
            event.group().value(),
            event,
            new EventSealer(WireFormat.bundled(), KEY)
                .batch(folded(partition)::head)
                .seal(event)
                .seal()));
  }

  /** All that stands on a partition. */
  public synchronized List<LoggedRecord> records(int partition) {
    return List.copyOf(partitions.get(partition).records);
  }

  /** What an auditor who has the key makes of a partition. */
  public synchronized FoldedLog folded(int partition) {
    FoldedLog folded = new FoldedLog(seals());
    for (LoggedRecord record : partitions.get(partition).records) {
      if (record
          instanceof LoggedRecord.Event(long offset, String key, var event, EventSeal seal)) {
        Succession _ = folded.take(key, event, seal, partition, offset);
      }
    }
    return folded;
  }

  /** Deletes the first records of a partition. */
  public synchronized void truncate(int partition) {
    partitions.get(partition).truncated = true;
  }

  /** The committed transactions of a partition. */
  public synchronized List<List<LogRecord>> transactions(int partition) {
    return List.copyOf(partitions.get(partition).transactions);
  }

  /** The latest configuration record of each key that is not a tombstone. */
  public synchronized Map<String, LogRecord.Configuration> configurations() {
    return Map.copyOf(configurations);
  }

  private void commit(Partition partition, Transaction transaction) {
    if (transaction.records.isEmpty()) {
      return;
    }
    partition.transactions.add(transaction.records);
    int sealed = 0;
    for (LogRecord record : transaction.records) {
      switch (record) {
        case LogRecord.Event(RecordedEvent event) ->
            partition.records.add(
                new LoggedRecord.Event(
                    partition.records.size(),
                    event.group().value(),
                    event,
                    transaction.seals.get(sealed++)));
        case LogRecord.Configuration configuration -> {
          if (configuration.value().isPresent()) {
            configurations.put(configuration.key().toString(), configuration);
          } else {
            configurations.remove(configuration.key().toString());
          }
        }
      }
    }
  }

  private synchronized Optional<AppendOutcome> commit(int number, long epoch, Transaction records) {
    Partition partition = partitions.get(number);
    if (partition.epoch != epoch) {
      return Optional.of(new AppendOutcome.Fenced("epoch %d is over".formatted(epoch)));
    }
    return switch (fates.next(number)) {
      case WELL -> {
        commit(partition, records);
        yield Optional.of(new AppendOutcome.Committed(records.heads));
      }
      case ABORTED -> Optional.of(new AppendOutcome.Aborted("simulated"));
      case CRASH_BEFORE_COMMIT -> Optional.empty();
      case CRASH_AFTER_COMMIT -> {
        commit(partition, records);
        yield Optional.empty();
      }
      case UNKNOWN_COMMITTED -> {
        commit(partition, records);
        yield Optional.of(new AppendOutcome.Unknown("simulated"));
      }
      case UNKNOWN_ABORTED -> Optional.of(new AppendOutcome.Unknown("simulated"));
      case UNKNOWN_COMMITTED_AT_NEXT_CLAIM -> {
        partition.unfinished = records;
        yield Optional.of(new AppendOutcome.Unknown("simulated"));
      }
      case UNKNOWN_COMMITTED_MARKER_LATE -> {
        partition.readable = partition.records.size();
        partition.replaysBehind = LATE_REPLAYS;
        commit(partition, records);
        yield Optional.of(new AppendOutcome.Unknown("simulated"));
      }
      case FENCED_IN_BETWEEN -> {
        partition.epoch++;
        yield Optional.of(new AppendOutcome.Fenced("simulated"));
      }
    };
  }

  /** A replay that does not get to the end of what was written fails, whatever it has read. */
  private synchronized void replay(int number, Consumer<LoggedRecord> consumer) {
    Partition partition = partitions.get(number);
    if (partition.truncated) {
      throw new UnclaimableLogException("partition %d begins at offset 1".formatted(number));
    }
    if (partition.replaysBehind == 0) {
      partition.records.forEach(consumer);
      return;
    }
    partition.replaysBehind--;
    partition.records.subList(0, partition.readable).forEach(consumer);
    throw new EventLogException(
        "readable to %d of %d".formatted(partition.readable, partition.records.size()), null);
  }

  private final class Claim implements PartitionLog {
    private final int partition;
    private final long epoch;
    private final EventSealer sealer = new EventSealer(WireFormat.bundled(), KEY);
    private Transaction sent = Transaction.EMPTY;

    /** So many records are known, and those of the claim's own. */
    private int known;

    private final Set<Integer> own = new HashSet<>();

    Claim(int partition, long epoch) {
      this.partition = partition;
      this.epoch = epoch;
    }

    @Override
    public SealCheck seals() {
      return InMemoryEventLog.seals();
    }

    @Override
    public void replay(Consumer<LoggedRecord> consumer) {
      synchronized (InMemoryEventLog.this) {
        InMemoryEventLog.this.replay(partition, consumer);
        known = partitions.get(partition).records.size();
      }
    }

    @Override
    public void strangers(Consumer<LoggedRecord> consumer) {
      synchronized (InMemoryEventLog.this) {
        List<LoggedRecord> records = partitions.get(partition).records;
        for (; known < records.size(); known++) {
          if (!own.remove(known)) {
            consumer.accept(records.get(known));
          }
        }
      }
    }

    @Override
    public void send(List<LogRecord> records, Function<GroupId, LogHead> heads) {
      EventSealer.Batch batch = sealer.batch(heads);
      List<EventSeal> seals = new ArrayList<>();
      for (LogRecord record : records) {
        if (record instanceof LogRecord.Event(RecordedEvent event)) {
          seals.add(batch.seal(event).seal());
        }
      }
      sent = new Transaction(List.copyOf(records), List.copyOf(seals), batch.heads());
    }

    @Override
    public void arrive(Consumer<LoggedRecord> strangers) {
      synchronized (InMemoryEventLog.this) {
        if (partitions.get(partition).epoch == epoch && !sent.seals.isEmpty()) {
          strangers(strangers);
        }
      }
    }

    @Override
    public AppendOutcome commit() {
      synchronized (InMemoryEventLog.this) {
        int from = partitions.get(partition).records.size();
        AppendOutcome outcome =
            InMemoryEventLog.this.commit(partition, epoch, sent).orElseThrow(Crash::new);
        for (int offset = from; offset < partitions.get(partition).records.size(); offset++) {
          own.add(offset);
        }
        return outcome;
      }
    }

    @Override
    public AppendOutcome abort(String reason) {
      synchronized (InMemoryEventLog.this) {
        return partitions.get(partition).epoch == epoch
            ? new AppendOutcome.Aborted(reason)
            : new AppendOutcome.Fenced(reason);
      }
    }

    @Override
    public void close() {}
  }
}
