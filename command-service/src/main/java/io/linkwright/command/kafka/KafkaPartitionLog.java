package io.linkwright.command.kafka;

import io.linkwright.command.log.AppendOutcome;
import io.linkwright.command.log.LogRecord;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.PartitionLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
  private final PartitionReplay replay;
  private final ClaimCheck claimCheck;

  /** The first of the transaction in hand. The producer's thread sets it too. */
  private final AtomicReference<KafkaException> failure = new AtomicReference<>();

  KafkaPartitionLog(
      KafkaProducer<byte[], byte[]> producer,
      RecordEncoder encoder,
      PartitionReplay replay,
      ClaimCheck claimCheck) {
    this.producer = producer;
    this.encoder = encoder;
    this.replay = replay;
    this.claimCheck = claimCheck;
  }

  @Override
  public void replay(Consumer<LoggedRecord> consumer) {
    replay.run(consumer);
  }

  @Override
  public void send(List<LogRecord> records) {
    failure.set(null);
    try {
      producer.beginTransaction();
      if (records.isEmpty()) {
        claimCheck.send(producer);
      } else {
        records.forEach(record -> send(encoder.encode(record)));
      }
    } catch (KafkaException notSent) {
      failure.set(notSent);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> _ =
        producer.send(
            record,
            (_, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, asKafkaException(failed));
              }
            });
  }

  /** Waits until every record is acknowledged, so that a failure after it is the commit's. */
  @Override
  public AppendOutcome commit() {
    try {
      producer.flush();
    } catch (KafkaException unsent) {
      failure.compareAndSet(null, unsent);
    }
    if (failure.get() != null) {
      return abort(failure.get());
    }
    try {
      producer.commitTransaction();
      return new AppendOutcome.Committed();
    } catch (KafkaException unanswered) {
      return new AppendOutcome.Unknown("commit: " + describe(unanswered));
    }
  }

  private AppendOutcome abort(KafkaException cause) {
    try {
      producer.abortTransaction();
      return new AppendOutcome.Aborted(describe(cause));
    } catch (KafkaException over) {
      // Fenced, or unable to abort: the next claim aborts it, and this producer never commits it.
      return new AppendOutcome.Fenced(describe(cause) + "; abort: " + describe(over));
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private static KafkaException asKafkaException(Exception failed) {
    return failed instanceof KafkaException kafka ? kafka : new KafkaException(failed);
  }

  private static String describe(KafkaException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
