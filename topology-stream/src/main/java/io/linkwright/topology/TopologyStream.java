package io.linkwright.topology;

import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.WireFormat;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: two sources, one view, one sink.
 *
 * <pre>
 * linkwright.events ──────► apply-event ───► linkwright.topology
 *                               │
 *                             view
 *                               │
 * linkwright.edge-status ─► hear-status
 * </pre>
 *
 * <p>Both sources are partitioned by group, so that a task has all of a group. All records of the
 * view are in one store, told apart by the first byte of their keys: with a store for each kind, a
 * partition would have nine changelogs, and each commit would pay for every one it touched.
 *
 * <p>No record stops a stream: sources answer every key and every value, and processors pass over
 * what is none of ours.
 */
final class TopologyStream {
  /** The store of all records of the view. */
  static final String VIEW = "view";

  /**
   * Largest batch that the changelog takes: a view's record is up to 4 MiB, and its key and the
   * batch's frame come to it. A hub of 8,000 links with long names reports 2.1 MB.
   */
  static final int MAX_RECORD_BYTES = 5 << 20;

  /** What the changelog is made with, and mended to. */
  static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(32 << 20),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.3",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(MAX_RECORD_BYTES));

  private static final String EVENTS = "events";
  private static final String STATUSES = "edge-status";
  private static final String APPLY_EVENT = "apply-event";
  private static final String HEAR_STATUS = "hear-status";

  /** A record of a stranger may have no time, which would stop a stream. */
  private static final TimestampExtractor TIME =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private TopologyStream() {}

  static Topology build(WireFormat wire, LiveView live) {
    StringDeserializer keys = new StringDeserializer();
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            EVENTS,
            TIME,
            keys,
            ReadRecord.deserializer(wire.events().deserializer()),
            LinkwrightTopics.EVENTS.name())
        .addSource(
            AutoOffsetReset.earliest(),
            STATUSES,
            TIME,
            keys,
            ReadRecord.deserializer(wire.edgeStatuses().deserializer()),
            LinkwrightTopics.EDGE_STATUS.name())
        .addProcessor(APPLY_EVENT, () -> new EventProcessor(live), EVENTS)
        .addProcessor(HEAR_STATUS, () -> new StatusProcessor(live), STATUSES)
        .addStateStore(view(), APPLY_EVENT, HEAR_STATUS)
        .addSink(
            "topology",
            LinkwrightTopics.TOPOLOGY.name(),
            new StringSerializer(),
            wire.topologyEvents().serializer(),
            APPLY_EVENT);
  }

  /** Not cached: an event writes a record once, so a cache saves nothing and slows prefix seeks. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> view() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(VIEW), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}
