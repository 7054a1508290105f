package io.linkwright.topology.view;

import io.linkwright.domain.graph.TopologyChange;
import io.linkwright.domain.group.GroupDefect;
import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.GroupEvent.LinkRemoved;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.SealCheck;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.topology.view.Damage.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Brings events to the records of their groups. A link event reads and writes a handful of records,
 * however large the group. It looks further only where two components join, or a link goes that
 * held its ends together when it was added: then for another path, and {@link
 * io.linkwright.domain.graph.TopologyRules} says how far.
 */
public final class GroupProjection {
  private final StagedRecords staged;
  private final GroupTables tables;

  /** Of the groups in one partition. */
  public GroupProjection(KeyValueStore<Bytes, byte[]> store) {
    this.staged = new StagedRecords(store);
    this.tables = new GroupTables(staged);
  }

  /** What an event of the log means for its group. */
  public sealed interface Outcome {
    /** It is the group's next one, and this follows from it. */
    record Applied(List<TopologyEvent> consequences) implements Outcome {
      /** Copies the list. */
      public Applied {
        consequences = List.copyOf(consequences);
      }
    }

    /** It was applied before: a log is read at least once. */
    record Repeated() implements Outcome {}

    /** It cannot follow, and the group stands still from here on. */
    record Damaged(Damage damage) implements Outcome {}

    /** The group stands still, until an event recovers it. */
    record StandsStill() implements Outcome {}
  }

  /**
   * Works out what the event does, and keeps it back until {@link #write}: this may take a search
   * through the whole group, and nobody has to wait for it.
   *
   * @param mac of the event: there must be one, and what it proves cannot be told without the key
   * @throws KafkaException if the store fails, which says nothing of the event
   * @throws UnreadableViewException if the view has records of another build
   */
  public Outcome prepare(RecordedEvent event, Optional<byte[]> mac, Place place) {
    staged.discard();
    GroupRecord before = tables.group(event.group());
    if (event.revision() <= before.revision() && isKnown(event)) {
      return new Outcome.Repeated();
    }
    boolean isDamaged = before.damage().isPresent();
    if (isDamaged && !(event.payload() instanceof GroupRecovered)) {
      return new Outcome.StandsStill();
    }
    Optional<GroupDefect> defect = GroupDefect.ofRevision(before.revision(), event);
    if (defect.isPresent()) {
      return isDamaged
          ? new Outcome.StandsStill()
          : damaged(event, before, place, defect.get().detail());
    }
    if (mac.isEmpty()) {
      return isDamaged
          ? new Outcome.StandsStill()
          : damaged(event, before, place, SealCheck.NO_MAC);
    }
    try {
      List<TopologyEvent> consequences = apply(before.recovered(), event);
      tables.putLog(
          event.group(),
          event.revision(),
          LogEntry.of(place.offset(), event.eventId(), consequences));
      return new Outcome.Applied(consequences);
    } catch (KafkaException | UnreadableViewException notTheEvent) {
      staged.discard();
      throw notTheEvent;
    } catch (RuntimeException impossible) {
      staged.discard();
      return damaged(event, before, place, String.valueOf(impossible.getMessage()));
    }
  }

  /**
   * The same for an event of the group that cannot be read. It is taken for the next one.
   *
   * @param reason for people
   */
  public Outcome prepareUnreadable(GroupId group, Place place, String reason) {
    staged.discard();
    GroupRecord before = tables.group(group);
    if (before.damage().isPresent()) {
      return new Outcome.StandsStill();
    }
    return stop(group, before, place.unreadable(before.revision() + 1, reason));
  }

  /**
   * Whether a recovery takes up an earlier revision than the group has come to here: what it has
   * followed since is forged.
   */
  public boolean takesBack(RecordedEvent event) {
    GroupRecord before = tables.group(event.group());
    return event.payload() instanceof GroupRecovered(long lastRevision)
        && lastRevision < before.revision()
        && event.revision() > before.revision();
  }

  /** Prepares the group as it was before its first event; {@link #applyAgain} what led further. */
  public void prepareAnew(GroupId group) {
    staged.discard();
    tables.clear(group);
  }

  /** Adds an event that was applied before to what is prepared. */
  public void applyAgain(RecordedEvent event) {
    List<TopologyEvent> _ = apply(tables.group(event.group()), event);
  }

  /** Brings what was worked out last to the store. */
  public void write() {
    staged.write();
  }

  private boolean isKnown(RecordedEvent event) {
    return tables
        .logEntry(event.group(), event.revision())
        .filter(entry -> entry.isOf(event.eventId()))
        .isPresent();
  }

  private Outcome damaged(RecordedEvent event, GroupRecord before, Place place, String reason) {
    return stop(
        event.group(),
        before,
        place.impossible(
            event.revision(),
            "%s, revision %d, cannot follow revision %d: %s"
                .formatted(
                    event.payload().getClass().getSimpleName(),
                    event.revision(),
                    before.revision(),
                    reason)));
  }

  private Outcome stop(GroupId group, GroupRecord before, Damage damage) {
    tables.put(group, before.damagedBy(damage));
    return new Outcome.Damaged(damage);
  }

  private List<TopologyEvent> apply(GroupRecord before, RecordedEvent event) {
    GroupId id = event.group();
    NodeDrafts nodes = new NodeDrafts(tables, id);
    EventWrites writes = new EventWrites(tables, nodes, event);
    GroupRecord counted = writes.apply(before);
    StoredGraph graph = new StoredGraph(tables, id, counted, nodes);
    TopologyChange change =
        writes.removedRedundantLink()
            ? EventMeaning.nothing(graph)
            : EventMeaning.of(event, before, graph);
    if (event.payload() instanceof LinkRemoved(LinkId link)
        && !writes.removedRedundantLink()
        && change.components().isEmpty()) {
      keepConnected(id, graph.explored().path(link.edgeA(), link.edgeB()));
    }
    change.components().forEach((edge, component) -> move(id, nodes, edge, component));
    change.sizes().forEach((component, size) -> tables.putComponentSize(id, component, size));
    nodes.write();
    tables.put(id, counted.withComponents(change.componentCount()).at(event.revision()));
    return change.events();
  }

  /** A needed link is gone, but there is another path: from now on its links are needed. */
  private void keepConnected(GroupId id, List<LinkId> path) {
    for (LinkId link : path) {
      LinkRecord known = tables.link(id, link).orElseThrow();
      if (known.redundant()) {
        tables.put(id, link, known.asNeeded());
      }
    }
  }

  /** Whoever is in no component has no link, and is listed as such. */
  private void move(GroupId id, NodeDrafts nodes, EdgeId edge, OptionalLong component) {
    if (component.isEmpty()) {
      tables.listUnlinked(id, edge);
    } else if (nodes.get(edge).component().isEmpty()) {
      tables.unlistUnlinked(id, edge);
    }
    nodes.change(edge, node -> node.in(component));
  }
}
