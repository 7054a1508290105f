package io.linkwright.topology;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.RecordedTopologyEvent;
import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.GroupTables;
import io.linkwright.topology.view.StatusRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Brings what edges say of themselves to the view. */
final class StatusProcessor
    implements Processor<String, EdgeStatus, String, RecordedTopologyEvent> {
  /** How late it may be noticed that an edge has fallen silent. */
  private static final Duration SILENCE_CHECK_INTERVAL = Duration.ofSeconds(5);

  private final LiveView live;
  private final SilentEdges silent = new SilentEdges();
  private GroupTables tables;

  StatusProcessor(LiveView live) {
    this.live = live;
  }

  @Override
  public void init(ProcessorContext<String, RecordedTopologyEvent> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(TopologyStream.VIEW);
    tables = new GroupTables(store);
    tables.forEachStatus(silent::heard);
    context.schedule(
        SILENCE_CHECK_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        nowMs -> tellSilent(Instant.ofEpochMilli(nowMs)));
  }

  private void tellSilent(Instant now) {
    for (SilentEdges.Subject subject : silent.fallenSilent(now)) {
      tables
          .status(subject.group(), subject.edge())
          .ifPresent(
              status ->
                  live.feed().publish(subject.group(), new Change.EdgeFellSilent(status.heard())));
    }
  }

  @Override
  public void process(Record<String, EdgeStatus> record) {
    if (record.value() == null) {
      forget(record.key());
      return;
    }
    EdgeStatus next = record.value();
    Optional<StatusRecord> known = tables.status(next.group(), next.edge());
    if (!next.counts(known.map(status -> status.heard().word()))) {
      return;
    }
    // One record by itself: no tick of the clock, which would make readers start again.
    tables.put(next);
    live.metrics().heard();
    boolean wasSilent = silent.heard(next);
    if (wasSilent || known.filter(status -> status.saysTheSameAs(next)).isEmpty()) {
      live.feed().publish(next.group(), new Change.StatusHeard(next));
    }
  }

  /** Key {@code group/edge}. */
  private void forget(String key) {
    int slash = key.indexOf('/');
    GroupId group = new GroupId(key.substring(0, slash));
    EdgeId edge = new EdgeId(key.substring(slash + 1));
    tables.removeStatus(group, edge);
    silent.forget(group, edge);
  }
}
