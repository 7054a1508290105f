package io.linkwright.cli.replay;

import io.linkwright.cli.cluster.ClusterAccess;
import io.linkwright.cli.replay.LogReplayState.Position;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.ReadRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads {@code linkwright.events} into a fold. No more is held than a fetch and the fold's states.
 * Used by one thread.
 */
public final class LogReplay implements AutoCloseable {
  private final CommittedTopic log;
  private final Deserializer<RecordedEvent> events;
  private final LogReplayState fold;

  /** A replay of this cluster's log into {@code fold}; nothing is read yet. */
  public LogReplay(ClusterAccess cluster, LogReplayState fold, ReplayListener listener) {
    this.log = new CommittedTopic(cluster, LinkwrightTopics.EVENTS.name(), listener);
    this.events = cluster.wire().events().deserializer();
    this.fold = fold;
  }

  /**
   * Reads what has been committed since the last time, or from the beginning, and returns the
   * number of partitions.
   *
   * @throws ReplayException if the cluster or the registry does not answer, or has no such log
   */
  public int run() throws ReplayException {
    return log.read(new Folding());
  }

  @Override
  public void close() {
    log.close();
  }

  private final class Folding implements CommittedTopic.Reader {
    @Override
    public void begins(int partition, long firstOffset) {
      if (firstOffset > 0) {
        fold.truncated(partition, firstOffset);
      }
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
      String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      Position position = new Position(record.partition(), record.offset(), key);
      switch (ReadRecord.of(events, record.topic(), record.value())) {
        case ReadRecord.Known<RecordedEvent>(RecordedEvent event) -> fold.event(position, event);
        case ReadRecord.Tombstone<RecordedEvent>() ->
            fold.unreadable(position, "a tombstone, which no event is");
        case ReadRecord.Foreign<RecordedEvent>(String reason) -> fold.unreadable(position, reason);
        case ReadRecord.Unknown<RecordedEvent>(String reason) -> fold.unknown(position, reason);
      }
    }
  }
}
