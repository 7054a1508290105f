package io.linkwright.topology;

import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.CloudEventHeaders;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.Damage;
import io.linkwright.topology.view.GroupProjection;
import io.linkwright.topology.view.GroupProjection.Outcome;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.TopologyEventIds;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the log's events to the view, and what follows from them to {@code linkwright.topology}.
 * What is no event of ours is passed over; an event that cannot follow damages its group alone.
 */
final class EventProcessor
    implements Processor<String, ReadRecord<RecordedEvent>, String, RecordedTopologyEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(EventProcessor.class);

  private final LiveView live;
  private ProcessorContext<String, RecordedTopologyEvent> context;
  private GroupProjection projection;
  private GroupRollback rollback;
  private int partition;

  EventProcessor(LiveView live) {
    this.live = live;
  }

  @Override
  public void init(ProcessorContext<String, RecordedTopologyEvent> taskContext) {
    context = taskContext;
    partition = taskContext.taskId().partition();
    KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(TopologyStream.VIEW);
    GroupView view = new GroupView(store);
    projection = new GroupProjection(store);
    rollback = new GroupRollback(live.log(), view, projection, partition);
    live.damaged().partitionHere(partition, view.damagedGroups());
  }

  @Override
  public void close() {
    live.damaged().partitionGone(partition);
  }

  @Override
  public void process(Record<String, ReadRecord<RecordedEvent>> record) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    Optional<GroupId> group = live.groups().inPartition(record.key(), partition);
    if (group.isEmpty()) {
      live.passedOver().record(place, "its key is no group of this partition");
      return;
    }
    switch (record.value()) {
      case ReadRecord.Known<RecordedEvent>(RecordedEvent event) -> {
        if (event.group().equals(group.get())) {
          apply(event, RecordHeaders.mac(record.headers()), place, record.timestamp());
        } else {
          live.passedOver().record(place, "it is of another group than its key");
        }
      }
      case ReadRecord.Unknown<RecordedEvent>(String reason) ->
          settle(
              group.get(),
              projection.prepareUnreadable(group.get(), placeOf(place), reason),
              place);
      case ReadRecord.Tombstone<RecordedEvent> _ ->
          live.passedOver().record(place, "it has no value");
      case ReadRecord.Foreign<RecordedEvent>(String reason) ->
          live.passedOver().record(place, reason);
    }
  }

  private void apply(
      RecordedEvent event, Optional<byte[]> mac, RecordMetadata place, long timestamp) {
    if (mac.isPresent()
        && event.payload() instanceof GroupRecovered(long lastRevision)
        && projection.takesBack(event)) {
      LOG.warn(
          "forged events were followed, taking the group back group={} revision={}",
          event.group(),
          lastRevision);
      rollback.prepare(event.group(), lastRevision);
      write();
    }
    Outcome outcome = projection.prepare(event, mac, placeOf(place));
    settle(event.group(), outcome, place);
    if (outcome instanceof Outcome.Applied(List<TopologyEvent> consequences)) {
      if (event.payload() instanceof GroupRecovered) {
        live.damaged().recovered(partition, event.group());
      }
      forward(event, consequences, timestamp);
      live.metrics().applied(event);
      live.feed().publish(event.group(), new Change.EventApplied(event, consequences));
    }
  }

  /** Writes what was worked out, and says so if the group is damaged. */
  private void settle(GroupId group, Outcome outcome, RecordMetadata place) {
    switch (outcome) {
      case Outcome.Applied _ -> write();
      case Outcome.Damaged(Damage damage) -> {
        write();
        live.damaged().damaged(partition, group);
        LOG.error(
            "group is damaged and stands still group={} topic={} partition={} offset={} reason={}",
            group,
            place.topic(),
            place.partition(),
            place.offset(),
            damage.reason());
        live.feed().publish(group, new Change.GroupDamaged(damage));
      }
      case Outcome.Repeated _ -> live.metrics().repeated();
      case Outcome.StandsStill _ -> live.metrics().setAside();
    }
  }

  private void write() {
    live.clock()
        .change(
            partition,
            () -> {
              projection.write();
              return null;
            });
  }

  private static Damage.Place placeOf(RecordMetadata metadata) {
    return new Damage.Place(metadata.partition(), metadata.offset());
  }

  /**
   * The records get the time that the log's record has: a broker refuses times that are far ahead
   * of its own, and has taken this one before.
   */
  private void forward(RecordedEvent event, List<TopologyEvent> consequences, long timestamp) {
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
          new Record<>(group.value(), recorded, timestamp, CloudEventHeaders.of(recorded)));
    }
  }
}
