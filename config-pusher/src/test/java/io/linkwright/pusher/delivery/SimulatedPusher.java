package io.linkwright.pusher.delivery;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A pusher: a store that lags behind the log, and connections that lag behind the store. */
final class SimulatedPusher {
  private final SimulatedLog log;
  private final Random random;
  private final Map<EdgeId, SimulatedConnection> connections = new LinkedHashMap<>();
  private final Deque<SimulatedLog.Entry> unnotified = new ArrayDeque<>();
  private SimulatedStore store = new SimulatedStore();

  private final SimulatedPeers peers;

  SimulatedPusher(SimulatedLog log, SimulatedPeers.Topic statuses, Random random) {
    this.log = log;
    this.random = random;
    this.peers = new SimulatedPeers(statuses);
  }

  SimulatedPeers peers() {
    return peers;
  }

  SimulatedStore store() {
    return store;
  }

  Map<EdgeId, SimulatedConnection> connections() {
    return connections;
  }

  boolean isUpToDate() {
    return store.position() == log.end() && unnotified.isEmpty();
  }

  /** Stores what comes next on the log; nobody is told yet. */
  void read(int records) {
    for (int i = 0; i < records && store.position() < log.end(); i++) {
      SimulatedLog.Entry entry = log.at(store.position());
      store.apply(entry);
      unnotified.add(entry);
    }
  }

  /** Tells of everything stored so far, one word for each key, in any order, as an inbox does. */
  void tell(long now) {
    Map<EdgeId, Map<EdgeConfigKey, Change>> changes = new LinkedHashMap<>();
    while (!unnotified.isEmpty()) {
      SimulatedLog.Entry entry = unnotified.poll();
      changes
          .computeIfAbsent(entry.key().edge(), _ -> new LinkedHashMap<>())
          .merge(entry.key(), new Change(entry.key(), entry.revision()), Change::and);
    }
    changes.forEach(
        (edge, told) -> {
          if (connections.containsKey(edge)) {
            connections.get(edge).changed(shuffled(told.values()), now);
          }
        });
  }

  private List<Change> shuffled(Collection<Change> told) {
    List<Change> changes = new ArrayList<>(told);
    Collections.shuffle(changes, random);
    return changes;
  }

  /** Reads to the end of the log for those who wait for it. */
  void catchUp(long now) {
    if (connections.values().stream().anyMatch(SimulatedConnection::awaitsCatchUp)) {
      read(Integer.MAX_VALUE);
      tell(now);
      connections.values().stream()
          .filter(SimulatedConnection::awaitsCatchUp)
          .toList()
          .forEach(connection -> connection.caughtUp(now));
    }
  }

  /** The process ends; its disk may be lost with it. */
  void restart(boolean keepDisk) {
    connections.clear();
    unnotified.clear();
    peers.restart();
    if (!keepDisk) {
      store = new SimulatedStore();
    }
  }
}
