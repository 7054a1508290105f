package io.linkwright.topology;

import io.linkwright.domain.GroupId;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.RecordedTopologyEvent;
import io.linkwright.domain.TopologyEvent;
import io.linkwright.schemas.CloudEventHeaders;
import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.GroupProjection;
import io.linkwright.topology.view.GroupTables;
import io.linkwright.topology.view.TopologyEventIds;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Brings the log's events to the view, and what follows from them to {@code linkwright.topology}.
 */
final class EventProcessor
    implements Processor<String, RecordedEvent, String, RecordedTopologyEvent> {
  private final LiveView live;
  private ProcessorContext<String, RecordedTopologyEvent> context;
  private GroupProjection projection;

  EventProcessor(LiveView live) {
    this.live = live;
  }

  @Override
  public void init(ProcessorContext<String, RecordedTopologyEvent> taskContext) {
    context = taskContext;
    KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(TopologyStream.VIEW);
    projection = new GroupProjection(new GroupTables(store));
  }

  @Override
  public void process(Record<String, RecordedEvent> record) {
    RecordedEvent event = record.value();
    long offset = context.recordMetadata().orElseThrow().offset();
    Optional<List<TopologyEvent>> consequences =
        live.clock().change(context.taskId().partition(), () -> projection.apply(event, offset));
    if (consequences.isEmpty()) {
      live.metrics().repeated();
      return;
    }
    forward(event, consequences.get());
    live.metrics().applied(event);
    live.feed().publish(event.group(), new Change.EventApplied(event, consequences.get()));
  }

  private void forward(RecordedEvent event, List<TopologyEvent> consequences) {
    GroupId group = event.group();
    for (TopologyEvent consequence : consequences) {
      RecordedTopologyEvent recorded =
          new RecordedTopologyEvent(
              TopologyEventIds.of(group, event.revision(), consequence),
              group,
              event.revision(),
              event.occurredAt(),
              consequence);
      context.forward(
          new Record<>(
              group.value(),
              recorded,
              event.occurredAt().toEpochMilli(),
              CloudEventHeaders.of(recorded)));
    }
  }
}
