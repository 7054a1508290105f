package io.linkwright.command.kafka;

import io.linkwright.command.log.AppendOutcome;
import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.LogRecord;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.PartitionLog;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.SealCheck;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.EventSealer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * One claim: a transactional producer and what its transactions come to.
 *
 * <p>What is known of a transaction follows from how far it got. Until the commit is sent nothing
 * of it can count: whatever fails before, the transaction is aborted, by us or by the next claim.
 * Once the commit is sent, only its acknowledgement says that it counts; every other answer, being
 * fenced among them, leaves it open whether the commit arrived first.
 */
final class KafkaPartitionLog implements PartitionLog {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordEncoder encoder;
  private final EventSealer sealer;
  private final SealCheck seals;
  private final PartitionReader reader;
  private final ClaimCheck claimCheck;

  /** Of the events of the transaction in hand, in their order. */
  private final List<Future<RecordMetadata>> sentEvents = new ArrayList<>();

  /** Where the transaction in hand brings the chains of its groups. */
  private Map<GroupId, LogHead> heads = Map.of();

  /** The first of the transaction in hand. The producer's thread sets it too. */
  private final AtomicReference<KafkaException> failure = new AtomicReference<>();

  KafkaPartitionLog(
      KafkaProducer<byte[], byte[]> producer,
      RecordEncoder encoder,
      EventSealer sealer,
      SealCheck seals,
      PartitionReader reader,
      ClaimCheck claimCheck) {
    this.producer = producer;
    this.encoder = encoder;
    this.sealer = sealer;
    this.seals = seals;
    this.reader = reader;
    this.claimCheck = claimCheck;
  }

  @Override
  public SealCheck seals() {
    return seals;
  }

  @Override
  public void replay(Consumer<LoggedRecord> consumer) {
    reader.replay(consumer);
  }

  @Override
  public void strangers(Consumer<LoggedRecord> consumer) {
    reader.strangers(consumer);
  }

  @Override
  public void send(List<LogRecord> records, Function<GroupId, LogHead> before) {
    failure.set(null);
    sentEvents.clear();
    try {
      producer.beginTransaction();
      if (records.isEmpty()) {
        claimCheck.send(producer);
      } else {
        EventSealer.Batch events = sealer.batch(before);
        records.forEach(record -> send(record, events));
        heads = events.heads();
      }
    } catch (KafkaException notSent) {
      failure.set(notSent);
    }
  }

  private void send(LogRecord record, EventSealer.Batch events) {
    ProducerRecord<byte[], byte[]> encoded = encoder.encode(record, events);
    Future<RecordMetadata> sent =
        producer.send(
            encoded,
            (_, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, asKafkaException(failed));
              }
            });
    if (record instanceof LogRecord.Event) {
      sentEvents.add(sent);
    }
  }

  /**
   * Waits until every record is acknowledged, so that a failure after it is the commit's. Then the
   * offsets of the events tell whether anybody else has written before them or between them.
   */
  @Override
  public void arrive(Consumer<LoggedRecord> strangers) {
    try {
      producer.flush();
      if (failure.get() == null && !sentEvents.isEmpty()) {
        long first = offset(sentEvents.getFirst());
        requireTogether(first);
        reader.strangersBefore(first, strangers);
      }
    } catch (KafkaException | EventLogException failed) {
      failure.compareAndSet(null, asKafkaException(failed));
    }
  }

  /** What stands between is read when it stands before: with the next try. */
  private void requireTogether(long first) {
    long last = offset(sentEvents.getLast());
    if (last - first + 1 != sentEvents.size()) {
      throw new KafkaException(
          "somebody else wrote between offsets %d and %d of the transaction"
              .formatted(first, last));
    }
  }

  /** Of a record that is acknowledged. */
  private static long offset(Future<RecordMetadata> sent) {
    try {
      RecordMetadata acknowledged = sent.get();
      if (!acknowledged.hasOffset()) {
        throw new KafkaException("a record was acknowledged without its offset");
      }
      return acknowledged.offset();
    } catch (ExecutionException failed) {
      throw new KafkaException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for an offset", interrupted);
    }
  }

  @Override
  public AppendOutcome commit() {
    if (failure.get() != null) {
      return abort(describe(failure.get()));
    }
    try {
      producer.commitTransaction();
    } catch (KafkaException unanswered) {
      return new AppendOutcome.Unknown("commit: " + describe(unanswered));
    }
    if (sentEvents.isEmpty()) {
      return new AppendOutcome.Committed(Map.of());
    }
    reader.written(offset(sentEvents.getLast()));
    return new AppendOutcome.Committed(heads);
  }

  @Override
  public AppendOutcome abort(String reason) {
    try {
      producer.abortTransaction();
      return new AppendOutcome.Aborted(reason);
    } catch (KafkaException over) {
      // Fenced, or unable to abort: the next claim aborts it, and this producer never commits it.
      return new AppendOutcome.Fenced(reason + "; abort: " + describe(over));
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
    reader.close();
  }

  private static KafkaException asKafkaException(Exception failed) {
    return failed instanceof KafkaException kafka ? kafka : new KafkaException(failed);
  }

  private static String describe(KafkaException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
