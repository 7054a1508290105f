package io.linkwright.topology.view;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** One partition of the view, written. Owned by the stream thread that owns the partition. */
public final class GroupTables extends GroupView {
  private static final byte[] NO_VALUE = {};

  private final KeyValueStore<Bytes, byte[]> store;

  /** The records of one partition's store. */
  public GroupTables(KeyValueStore<Bytes, byte[]> store) {
    super(store);
    this.store = store;
  }

  void put(GroupId group, GroupRecord value) {
    store.put(Keys.of(Keys.GROUP, group), value.toBytes());
  }

  void put(GroupId group, EdgeId edge, MemberRecord value) {
    store.put(Keys.of(Keys.MEMBER, group, edge), value.toBytes());
  }

  void put(GroupId group, EdgeId edge, NodeRecord value) {
    store.put(Keys.of(Keys.NODE, group, edge), value.toBytes());
  }

  /** Everything about a member but its links. */
  void removeMember(GroupId group, EdgeId edge) {
    store.delete(Keys.of(Keys.MEMBER, group, edge));
    store.delete(Keys.of(Keys.NODE, group, edge));
    store.delete(Keys.of(Keys.UNLINKED, group, edge));
    removeStatus(group, edge);
  }

  void addLink(GroupId group, LinkId link, LinkRecord value) {
    put(group, link, value);
    store.put(Keys.ofReverseLink(group, link), NO_VALUE);
  }

  void put(GroupId group, LinkId link, LinkRecord value) {
    store.put(Keys.ofLink(group, link), value.toBytes());
  }

  void removeLink(GroupId group, LinkId link) {
    store.delete(Keys.ofLink(group, link));
    store.delete(Keys.ofReverseLink(group, link));
  }

  void listUnlinked(GroupId group, EdgeId edge) {
    store.put(Keys.of(Keys.UNLINKED, group, edge), NO_VALUE);
  }

  void unlistUnlinked(GroupId group, EdgeId edge) {
    store.delete(Keys.of(Keys.UNLINKED, group, edge));
  }

  /** 0 if the component is gone. */
  void putComponentSize(GroupId group, long label, long members) {
    Bytes key = Keys.of(Keys.COMPONENT, group, label);
    if (members == 0) {
      store.delete(key);
      return;
    }
    store.put(key, new ComponentRecord(members).toBytes());
  }

  /**
   * Replaces what was heard of an edge.
   *
   * @throws IllegalArgumentException before anything is written, if it says what cannot be or is
   *     larger than the view keeps
   */
  public void put(EdgeStatus status) {
    byte[] value = new StatusRecord(status).toBytes();
    if (value.length > StagedRecords.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a status of %d bytes is larger than the view keeps".formatted(value.length));
    }
    store.put(Keys.of(Keys.STATUS, status.group(), status.edge()), value);
    Bytes down = Keys.of(Keys.TUNNEL_DOWN, status.group(), status.edge());
    boolean isDown =
        status.tunnels().stream().anyMatch(tunnel -> tunnel.state() == TunnelState.DOWN);
    boolean isListed = store.get(down) != null;
    if (isDown && !isListed) {
      store.put(down, NO_VALUE);
    } else if (!isDown && isListed) {
      store.delete(down);
    }
  }

  /** Forgets what was heard of an edge. */
  public void removeStatus(GroupId group, EdgeId edge) {
    store.delete(Keys.of(Keys.STATUS, group, edge));
    store.delete(Keys.of(Keys.TUNNEL_DOWN, group, edge));
  }

  /** Forgets what the group's events have made of it; where they stand on the log is kept. */
  void clear(GroupId group) {
    for (byte kind : Keys.MADE_BY_EVENTS) {
      List<Bytes> keys = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> records =
          store.prefixScan(Keys.of(kind, group), new BytesSerializer())) {
        records.forEachRemaining(record -> keys.add(record.key));
      }
      keys.forEach(store::delete);
    }
  }

  void putLog(GroupId group, long revision, LogEntry entry) {
    store.put(Keys.of(Keys.LOG_ENTRY, group, revision), entry.toBytes());
  }
}
