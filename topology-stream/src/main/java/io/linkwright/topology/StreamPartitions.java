package io.linkwright.topology;

import io.linkwright.topology.query.ViewPartitions;
import io.linkwright.topology.view.GroupView;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The partitions that Kafka Streams has assigned to this process, and where the others are: each
 * instance tells the others its {@code application.server} when partitions are shared out.
 */
final class StreamPartitions implements ViewPartitions {
  private final Supplier<KafkaStreams> stream;
  private final IntFunction<Optional<Duration>> ages;
  private final int count;
  private final Optional<URI> self;

  /**
   * The partitions of a stream.
   *
   * @param stream the one that runs; a new one takes its place after a fault
   * @param ages how old a partition is
   * @param self as this instance is known to the others; empty if there are none
   */
  StreamPartitions(
      Supplier<KafkaStreams> stream,
      IntFunction<Optional<Duration>> ages,
      int count,
      Optional<URI> self) {
    this.stream = stream;
    this.ages = ages;
    this.count = count;
    this.self = self;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Optional<Duration> age(int partition) {
    return ages.apply(partition);
  }

  @Override
  public GroupView view(int partition) {
    KafkaStreams streams = stream.get();
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

  @Override
  public Optional<URI> elsewhere(int partition) {
    return self.flatMap(url -> holder(partition).filter(holder -> !holder.equals(url)));
  }

  private Optional<URI> holder(int partition) {
    try {
      KeyQueryMetadata place =
          stream
              .get()
              .queryMetadataForKey(
                  TopologyStream.VIEW,
                  partition,
                  (topic, key, value, partitions) -> Optional.of(Set.of(key)));
      return Optional.ofNullable(place)
          .map(KeyQueryMetadata::activeHost)
          .filter(host -> !host.equals(HostInfo.unavailable()))
          .map(this::url);
    } catch (InvalidStateStoreException | IllegalStateException notRunning) {
      return Optional.empty();
    }
  }

  /** Instances tell each other host and port; the scheme is the same for all. */
  private URI url(HostInfo host) {
    return URI.create(
        "%s://%s:%d".formatted(self.orElseThrow().getScheme(), host.host(), host.port()));
  }
}
