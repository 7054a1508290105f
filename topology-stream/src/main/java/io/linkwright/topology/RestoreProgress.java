package io.linkwright.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How far the view is with reading its changelog. Written by the threads that restore, read by any;
 * it holds a number for each partition that is being restored, and none for the others.
 */
final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Long> behind = new ConcurrentHashMap<>();

  /** Another stream begins, and knows nothing of what the one before was at. */
  void begin() {
    behind.clear();
  }

  /** For people. */
  String text() {
    int partitions = behind.size();
    return partitions == 0
        ? "partitions are being assigned"
        : "%d partitions are being restored, %d records behind"
            .formatted(partitions, behind.values().stream().mapToLong(Long::longValue).sum());
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    behind.put(partition, Math.max(0, to - from));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long reached, long count) {
    behind.computeIfPresent(partition, (_, records) -> Math.max(0, records - count));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    behind.remove(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    behind.remove(partition);
  }
}
