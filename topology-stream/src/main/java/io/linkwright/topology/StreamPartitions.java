package io.linkwright.topology;

import io.linkwright.topology.query.ViewPartitions;
import io.linkwright.topology.view.GroupView;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The partitions that Kafka Streams has assigned to this process. */
final class StreamPartitions implements ViewPartitions {
  private final KafkaStreams streams;
  private final int count;

  StreamPartitions(KafkaStreams streams, int count) {
    this.streams = streams;
    this.count = count;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public GroupView view(int partition) {
    try {
      ReadOnlyKeyValueStore<Bytes, byte[]> store =
          streams.store(
              StoreQueryParameters.fromNameAndType(
                      TopologyStream.VIEW, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                  .withPartition(partition));
      return new GroupView(store);
    } catch (InvalidStateStoreException | IllegalStateException unavailable) {
      // The second is what streams say that were stopped, or have stopped after a fatal error.
      throw new ViewNotReadyException(
          "partition %d of the view is not here, or not restored yet (stream is %s)"
              .formatted(partition, streams.state()));
    }
  }
}
