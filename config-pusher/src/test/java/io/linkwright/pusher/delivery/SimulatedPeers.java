package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topic {@code linkwright.edge-status}, and a pusher's copy of it up to some offset. */
public final class SimulatedPeers implements PeerStatuses {
  /** Whom a record is about. */
  record Subject(GroupId group, EdgeId edge) {}

  /** A record; connections are numbered in the order they were made. */
  record Entry(Subject subject, int connection, GroupReport report) implements PeerStatus {
    @Override
    public long acknowledgedRevision() {
      return report.acknowledgedRevision();
    }

    @Override
    public Optional<KeyChange> keyChange(LinkId link) {
      return report.keyChanges().stream()
          .filter(change -> change.link().equals(link))
          .reduce((_, last) -> last);
    }
  }

  /** The topic, shared by all pushers. */
  static final class Topic {
    private final List<Entry> entries = new ArrayList<>();
  }

  private final Topic topic;
  private final Map<Subject, Entry> unwritten = new LinkedHashMap<>();
  private final Map<Subject, Entry> known = new HashMap<>();
  private int position;

  SimulatedPeers() {
    this(new Topic());
  }

  SimulatedPeers(Topic topic) {
    this.topic = topic;
  }

  /** The latest word only waits to be written. */
  void report(EdgeId edge, int connection, GroupReport report) {
    Subject subject = new Subject(report.group(), edge);
    unwritten.put(subject, new Entry(subject, connection, report));
  }

  void write() {
    topic.entries.addAll(unwritten.values());
    unwritten.clear();
  }

  void read(int records) {
    for (int i = 0; i < records && position < topic.entries.size(); i++) {
      Entry next = topic.entries.get(position++);
      known.merge(
          next.subject(),
          next,
          (before, after) -> after.connection() >= before.connection() ? after : before);
    }
  }

  boolean isUpToDate() {
    return unwritten.isEmpty() && position == topic.entries.size();
  }

  /** The process ends: what was not written is lost, the topic is read anew. */
  void restart() {
    unwritten.clear();
    known.clear();
    position = 0;
  }

  @Override
  public Optional<PeerStatus> find(GroupId group, EdgeId edge) {
    return Optional.ofNullable(known.get(new Subject(group, edge)));
  }
}
