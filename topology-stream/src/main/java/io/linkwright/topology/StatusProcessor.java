package io.linkwright.topology;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.topology.GroupsHere.Subject;
import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.GroupTables;
import io.linkwright.topology.view.StatusRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Brings what edges say of themselves to the view, for enrolled members alone. This topic is no
 * source of truth: what cannot be read there, or says what cannot be, is passed over.
 */
final class StatusProcessor
    implements Processor<String, ReadRecord<EdgeStatus>, String, RecordedTopologyEvent> {
  /** How late it may be noticed that an edge has fallen silent, or has become a member. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  private final LiveView live;
  private final SilentEdges silent = new SilentEdges();
  private final EarlyStatuses early = new EarlyStatuses();

  /** Rows of edges that are no members: earlier builds kept what anybody reported. */
  private final List<Subject> strays = new ArrayList<>();

  private ProcessorContext<String, RecordedTopologyEvent> context;
  private GroupTables tables;

  StatusProcessor(LiveView live) {
    this.live = live;
  }

  @Override
  public void init(ProcessorContext<String, RecordedTopologyEvent> taskContext) {
    context = taskContext;
    KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(TopologyStream.VIEW);
    tables = new GroupTables(store);
    tables.forEachStatus(this::know);
    taskContext.schedule(
        CHECK_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        nowMs -> check(Instant.ofEpochMilli(nowMs)));
  }

  /** Removes nothing yet: what a task writes before its first record or check is not committed. */
  private void know(EdgeStatus status) {
    Subject subject = new Subject(status.group(), status.edge());
    if (isMember(subject)) {
      var _ = silent.heard(status);
    } else {
      strays.add(subject);
    }
  }

  private void check(Instant now) {
    strays.stream().filter(stray -> !isMember(stray)).forEach(this::forget);
    strays.clear();
    for (EarlyStatuses.Early waited : early.take(this::isMember, now)) {
      hear(waited.status(), waited.place());
    }
    for (Subject subject : silent.fallenSilent(now)) {
      tables
          .status(subject.group(), subject.edge())
          .ifPresentOrElse(
              status ->
                  live.feed().publish(subject.group(), new Change.EdgeFellSilent(status.heard())),
              () -> silent.forget(subject));
    }
  }

  @Override
  public void process(Record<String, ReadRecord<EdgeStatus>> record) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    Optional<Subject> subject =
        live.groups().edgeInPartition(record.key(), context.taskId().partition());
    if (subject.isEmpty()) {
      live.passedOver().record(place, "its key is no group/edge of this partition");
      return;
    }
    switch (record.value()) {
      case ReadRecord.Known<EdgeStatus>(EdgeStatus status) -> hear(subject.get(), status, place);
      case ReadRecord.Tombstone<EdgeStatus> _ -> forget(subject.get());
      case ReadRecord.Foreign<EdgeStatus>(String reason) -> live.passedOver().record(place, reason);
      case ReadRecord.Unknown<EdgeStatus>(String reason) -> live.passedOver().record(place, reason);
    }
  }

  private void hear(Subject subject, EdgeStatus status, RecordMetadata place) {
    if (!subject.equals(new Subject(status.group(), status.edge()))) {
      live.passedOver().record(place, "it is of another edge than its key");
      return;
    }
    if (isMember(subject)) {
      hear(status, place);
    } else {
      early.keep(subject, status, place, Instant.ofEpochMilli(context.currentSystemTimeMs()));
    }
  }

  private void hear(EdgeStatus next, RecordMetadata place) {
    Optional<StatusRecord> known = tables.status(next.group(), next.edge());
    if (!next.counts(known.map(record -> record.heard().word()))) {
      return;
    }
    try {
      // One record by itself: no tick of the clock, which would make readers start again.
      tables.put(next);
    } catch (IllegalArgumentException impossible) {
      live.passedOver().record(place, impossible.getMessage());
      return;
    }
    live.metrics().heard();
    boolean wasSilent = silent.heard(next);
    if (wasSilent || known.filter(record -> record.saysTheSameAs(next)).isEmpty()) {
      live.feed().publish(next.group(), new Change.StatusHeard(next));
    }
  }

  private boolean isMember(Subject subject) {
    return tables
        .member(subject.group(), subject.edge())
        .filter(member -> member.enrollment() == EnrollmentStanding.ENROLLED)
        .isPresent();
  }

  private void forget(Subject subject) {
    tables.removeStatus(subject.group(), subject.edge());
    silent.forget(subject);
    early.forget(subject);
  }
}
