package io.linkwright.topology;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.LogMac;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import io.linkwright.topology.query.EventLog;
import io.linkwright.topology.query.QueryRoutes;
import io.linkwright.topology.query.ViewPartitions;
import io.linkwright.topology.view.GroupView;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology with its real codecs and stores, driven record by record, in place of a
 * cluster. It has one partition.
 */
public final class ViewFixture implements ViewPartitions, EventLog, AutoCloseable {
  private final AtomicReference<Instant> now = new AtomicReference<>(GroupHistory.START);
  private Optional<Duration> age = Optional.empty();
  private final List<RecordedEvent> log = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LiveView live = LiveView.of(1, this, metrics, now::get);
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, RecordedEvent> events;
  private final TestInputTopic<String, EdgeStatus> statuses;
  private final TestOutputTopic<String, RecordedTopologyEvent> topology;

  public ViewFixture(Path stateDir) {
    WireFormat wire = WireFormat.bundled();
    StringSerializer keys = new StringSerializer();
    driver =
        new TopologyTestDriver(TopologyStream.build(wire, live), settings(stateDir), now.get());
    events =
        driver.createInputTopic(LinkwrightTopics.EVENTS.name(), keys, wire.events().serializer());
    statuses =
        driver.createInputTopic(
            LinkwrightTopics.EDGE_STATUS.name(), keys, wire.edgeStatuses().serializer());
    topology =
        driver.createOutputTopic(
            LinkwrightTopics.TOPOLOGY.name(),
            new StringDeserializer(),
            wire.topologyEvents().deserializer());
  }

  private static Properties settings(Path stateDir) {
    Properties settings =
        StreamSettings.of(
            TopologyConfig.single("localhost:9092", stateDir), new LogDurability(1, 1));
    // The driver has no broker that could take part in transactions.
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    return settings;
  }

  public void apply(GroupHistory history) {
    long from = view().group(history.id()).revision();
    history.events().stream().filter(event -> event.revision() > from).forEach(this::apply);
  }

  public void apply(RecordedEvent event) {
    apply(event, RecordHeaders.mac(new byte[LogMac.LENGTH_BYTES]));
  }

  /** As one writes it who knows nothing of seals, or with whatever headers. */
  void apply(RecordedEvent event, Header... headers) {
    log.add(event);
    events.pipeInput(
        new TestRecord<>(
            event.group().value(),
            event,
            new org.apache.kafka.common.header.internals.RecordHeaders(headers),
            event.occurredAt()));
  }

  public void hear(EdgeStatus status) {
    statuses.pipeInput(status.group() + "/" + status.edge(), status, status.reportedAt());
  }

  /** Whatever anybody may write to a source topic. */
  public void pipeForeign(String topic, byte[] key, byte[] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(key, value, now.get());
  }

  /** What a counter or a gauge says; 0 if it never counted. */
  double metric(String name, String... tags) {
    return metrics.find(name).tags(tags).meters().stream()
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(Measurement::getValue)
        .sum();
  }

  /** Lets time pass for the stream's thread. */
  public void advance(Duration time) {
    setNow(now.get().plus(time));
    driver.advanceWallClockTime(time);
  }

  public void forget(GroupId group, String edge) {
    statuses.pipeInput(group + "/" + edge, null, now.get());
  }

  /** What was published since it was last asked, with headers. */
  List<TestRecord<String, RecordedTopologyEvent>> publishedRecords() {
    return topology.readRecordsToList();
  }

  /** What was published since it was last asked. */
  public List<RecordedTopologyEvent> published() {
    return topology.readValuesToList();
  }

  public List<TopologyEvent> publishedPayloads() {
    return published().stream().map(RecordedTopologyEvent::payload).toList();
  }

  public GroupView view() {
    return new GroupView(driver.<Bytes, byte[]>getKeyValueStore(TopologyStream.VIEW));
  }

  public QueryRoutes.Live live() {
    return new QueryRoutes.Live(live.clock(), live.feed());
  }

  /** As if the view had been compared with the log so long ago. */
  public void setAge(Duration known) {
    age = Optional.of(known);
  }

  public Instant now() {
    return now.get();
  }

  public void setNow(Instant instant) {
    now.set(instant);
  }

  @Override
  public Optional<URI> elsewhere(int partition) {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> age(int partition) {
    return age;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public GroupView view(int partition) {
    return view();
  }

  @Override
  public List<RecordedEvent> read(int partition, List<Long> offsets) {
    return offsets.stream().map(offset -> log.get(Math.toIntExact(offset))).toList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
