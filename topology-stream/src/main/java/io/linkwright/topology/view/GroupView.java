package io.linkwright.topology.view;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * One partition of the view, read. Lists are in the order of the ids and as long as asked for.
 *
 * <p>Any thread may read while the stream thread writes; {@link ViewClock} says when what was read
 * belongs together.
 */
public class GroupView {
  private static final ByteArraySerializer PREFIX = new ByteArraySerializer();

  /** Of an edge's links: those to lesser edges, then those to greater ones. */
  private static final byte[] HALVES = {Keys.REVERSE_LINK, Keys.LINK};

  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

  /** The records of one partition's store. */
  public GroupView(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** The group, or {@link GroupRecord#UNSEEN}. */
  public GroupRecord group(GroupId group) {
    byte[] value = store.get(Keys.of(Keys.GROUP, group));
    return value == null ? GroupRecord.UNSEEN : GroupRecord.read(group, value);
  }

  /** Groups that exist. */
  public List<Map.Entry<GroupId, GroupRecord>> groups(Page<GroupId> page) {
    Bytes all = Keys.of(Keys.GROUP);
    Bytes from = page.after().map(last -> Keys.after(Keys.of(Keys.GROUP, last))).orElse(all);
    List<Map.Entry<GroupId, GroupRecord>> groups = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> found = store.range(from, Keys.endOf(all))) {
      while (found.hasNext() && groups.size() < page.limit()) {
        KeyValue<Bytes, byte[]> next = found.next();
        GroupId id = new GroupId(Keys.slug(next.key, 0));
        GroupRecord group = GroupRecord.read(id, next.value);
        if (group.settings().isPresent()) {
          groups.add(Map.entry(id, group));
        }
      }
    }
    return groups;
  }

  /** Groups that stand still, deleted ones among them. */
  public List<GroupId> damagedGroups() {
    Bytes all = Keys.of(Keys.GROUP);
    List<GroupId> damaged = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> found = store.range(all, Keys.endOf(all))) {
      while (found.hasNext()) {
        KeyValue<Bytes, byte[]> next = found.next();
        GroupId id = new GroupId(Keys.slug(next.key, 0));
        if (GroupRecord.read(id, next.value).damage().isPresent()) {
          damaged.add(id);
        }
      }
    }
    return damaged;
  }

  /** The member, if it is one. */
  public Optional<MemberRecord> member(GroupId group, EdgeId edge) {
    return Optional.ofNullable(store.get(Keys.of(Keys.MEMBER, group, edge)))
        .map(MemberRecord::read);
  }

  /** A page of members. */
  public List<Map.Entry<EdgeId, MemberRecord>> members(GroupId group, Page<EdgeId> page) {
    return byEdge(Keys.MEMBER, group, page, entry -> MemberRecord.read(entry.value));
  }

  /**
   * What links say of a member.
   *
   * @throws IllegalStateException if it is none
   */
  public NodeRecord node(GroupId group, EdgeId edge) {
    byte[] value = store.get(Keys.of(Keys.NODE, group, edge));
    if (value == null) {
      throw new IllegalStateException("%s is no member of %s".formatted(edge, group));
    }
    return NodeRecord.read(value);
  }

  /** What links say of each member. */
  public List<Map.Entry<EdgeId, NodeRecord>> nodes(GroupId group) {
    return byEdge(Keys.NODE, group, Page.everything(), entry -> NodeRecord.read(entry.value));
  }

  /** The link, if the two are linked. */
  public Optional<LinkRecord> link(GroupId group, LinkId link) {
    return Optional.ofNullable(store.get(Keys.ofLink(group, link))).map(LinkRecord::read);
  }

  /** A page of links. */
  public List<Map.Entry<LinkId, LinkRecord>> links(GroupId group, Page<LinkId> page) {
    Bytes all = Keys.of(Keys.LINK, group);
    Bytes from = page.after().map(last -> Keys.after(Keys.ofLink(group, last))).orElse(all);
    return list(
        from,
        Keys.endOf(all),
        page.limit(),
        entry -> Map.entry(Keys.link(entry.key), LinkRecord.read(entry.value)));
  }

  /**
   * The members linked to {@code edge}, a page of them. The lesser ones stand in the reverse half
   * of the adjacency, the greater ones in the links, so one after the other they are in order.
   */
  public List<EdgeId> neighbours(GroupId group, EdgeId edge, Page<EdgeId> page) {
    List<EdgeId> peers = new ArrayList<>();
    for (byte half : HALVES) {
      Bytes all = Keys.of(half, group, edge);
      Bytes from =
          page.after().map(last -> Keys.after(Keys.of(half, group, edge, last))).orElse(all);
      peers.addAll(
          list(from, Keys.endOf(all), page.limit() - peers.size(), entry -> peer(entry.key)));
    }
    return peers;
  }

  /**
   * All members linked to {@code edge}, read as they are asked for. The caller closes the stream.
   */
  public Stream<EdgeId> neighbours(GroupId group, EdgeId edge) {
    return halves(group, edge).stream().map(GroupView::peer);
  }

  /** Whether any link ends at {@code edge}: a prefix seek for each half. */
  public boolean isLinked(GroupId group, EdgeId edge) {
    try (PrefixKeys links = halves(group, edge)) {
      return links.hasNext();
    }
  }

  /** All members without a link. */
  public List<EdgeId> unlinked(GroupId group) {
    Bytes all = Keys.of(Keys.UNLINKED, group);
    return list(
        all, Keys.endOf(all), Integer.MAX_VALUE, entry -> new EdgeId(Keys.slug(entry.key, 1)));
  }

  /** Members in the component of that label; 0 if there is none. */
  public long componentSize(GroupId group, long label) {
    byte[] value = store.get(Keys.of(Keys.COMPONENT, group, label));
    return value == null ? 0 : ComponentRecord.read(value).members();
  }

  /** What was last heard of an edge, if anything was. */
  public Optional<StatusRecord> status(GroupId group, EdgeId edge) {
    return Optional.ofNullable(store.get(Keys.of(Keys.STATUS, group, edge)))
        .flatMap(value -> StatusRecord.read(group, edge, value));
  }

  /** What was last heard of every edge, in all groups. */
  public void forEachStatus(Consumer<EdgeStatus> consumer) {
    Bytes all = Keys.of(Keys.STATUS);
    try (KeyValueIterator<Bytes, byte[]> found = store.range(all, Keys.endOf(all))) {
      found.forEachRemaining(
          entry ->
              StatusRecord.read(
                      new GroupId(Keys.slug(entry.key, 0)),
                      new EdgeId(Keys.slug(entry.key, 1)),
                      entry.value)
                  .ifPresent(record -> consumer.accept(record.heard())));
    }
  }

  /** Edges that said of a tunnel that it is down. */
  public List<EdgeId> edgesWithTunnelDown(GroupId group) {
    Bytes all = Keys.of(Keys.TUNNEL_DOWN, group);
    return list(
        all, Keys.endOf(all), Integer.MAX_VALUE, entry -> new EdgeId(Keys.slug(entry.key, 1)));
  }

  /** Where an event stands on the log, if the view has applied it. */
  public Optional<LogEntry> logEntry(GroupId group, long revision) {
    return Optional.ofNullable(store.get(Keys.of(Keys.LOG_ENTRY, group, revision)))
        .map(LogEntry::read);
  }

  /** Where events stand on the log, by revision, from {@code revision} on. */
  public List<Map.Entry<Long, LogEntry>> log(GroupId group, long revision, int limit) {
    return list(
        Keys.of(Keys.LOG_ENTRY, group, revision),
        Keys.endOf(Keys.of(Keys.LOG_ENTRY, group)),
        limit,
        entry -> Map.entry(Keys.number(entry.key), LogEntry.read(entry.value)));
  }

  private PrefixKeys halves(GroupId group, EdgeId edge) {
    return new PrefixKeys(
        List.of(Keys.of(Keys.REVERSE_LINK, group, edge), Keys.of(Keys.LINK, group, edge)),
        prefix -> store.prefixScan(prefix.get(), PREFIX));
  }

  private static EdgeId peer(Bytes half) {
    return new EdgeId(Keys.slug(half, 2));
  }

  private <T> List<Map.Entry<EdgeId, T>> byEdge(
      byte kind, GroupId group, Page<EdgeId> page, Function<KeyValue<Bytes, byte[]>, T> read) {
    Bytes all = Keys.of(kind, group);
    Bytes from = page.after().map(last -> Keys.after(Keys.of(kind, group, last))).orElse(all);
    return list(
        from,
        Keys.endOf(all),
        page.limit(),
        entry -> Map.entry(new EdgeId(Keys.slug(entry.key, 1)), read.apply(entry)));
  }

  private <T> List<T> list(
      Bytes from, Bytes to, int limit, Function<KeyValue<Bytes, byte[]>, T> read) {
    List<T> listed = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> found = store.range(from, to)) {
      while (listed.size() < limit && found.hasNext()) {
        listed.add(read.apply(found.next()));
      }
    }
    return listed;
  }
}
