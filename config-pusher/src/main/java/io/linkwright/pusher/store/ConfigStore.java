package io.linkwright.pusher.store;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole of {@code linkwright.edge-config} on disk: the newest record of every key, the newest
 * revision of every edge in every group (a removal's too), the last membership of those that were
 * removed, and the offsets read so far.
 *
 * <p>Records and offsets are written in one batch and there is no write-ahead log: after a crash
 * the store is at an earlier point of the topic, never at an inconsistent one, and what is missing
 * is read again. A crash loses at most the write buffers, 192 MiB.
 *
 * <p>One thread writes; any thread reads. Reads after {@link #close} throw instead of touching
 * freed memory.
 */
public final class ConfigStore implements AutoCloseable {
  /** Removed memberships of one edge that are shown. */
  public static final int MAX_FORMER = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ConfigStore.class);

  private final Path directory;
  private final StateLock lock;
  private final RocksSettings settings;
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

  /** Held for reading by every access, for writing by close alone. */
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();

  private boolean closed;

  /** Whether a read has met a damaged file. */
  private volatile boolean damaged;

  /** Empty after the disk failed, until it is opened again. Guarded by the lifetime. */
  private Optional<RocksDB> database;

  private ConfigStore(Path directory, StateLock lock, RocksSettings settings, RocksDB database) {
    this.directory = directory;
    this.lock = lock;
    this.settings = settings;
    this.database = Optional.of(database);
  }

  /**
   * Opens the store, creating the directory (for its owner only) if need be. What is there and
   * cannot be opened is moved aside: it is only a copy of the topic, and is read anew.
   *
   * @throws StoreFailure if another process has it open, or the disk fails or is full
   */
  public static ConfigStore open(Path directory) {
    StateLock lock = StateLock.take(directory);
    RocksSettings settings = new RocksSettings();
    try {
      return new ConfigStore(directory, lock, settings, openOrReplace(settings, directory));
    } catch (StoreFailure failed) {
      settings.close();
      lock.close();
      throw failed;
    }
  }

  private static RocksDB openOrReplace(RocksSettings settings, Path directory) {
    try {
      return RocksDB.open(settings.options(), directory.toString());
    } catch (RocksDBException failed) {
      if (!DamagedState.isDamage(failed)) {
        throw new StoreFailure("opening " + directory, failed);
      }
      Path aside = DamagedState.moveAside(directory);
      LOG.warn(
          "state directory is damaged and read anew directory={} moved_to={} reason={}",
          directory,
          aside,
          failed.getMessage());
    }
    try {
      return RocksDB.open(settings.options(), directory.toString());
    } catch (RocksDBException failed) {
      throw new StoreFailure("opening " + directory, failed);
    }
  }

  /**
   * Closes the database and opens it again, after the disk failed or was full: what was not written
   * is lost, with the offsets that go with it, and is read again. One that is damaged is moved
   * aside.
   *
   * @throws StoreFailure if the disk still fails; reads fail until this succeeds
   */
  public void reopen() {
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        database.ifPresent(RocksDB::close);
        database = Optional.empty();
        if (damaged) {
          Path aside = DamagedState.moveAside(directory);
          LOG.warn("state is damaged and read anew directory={} moved_to={}", directory, aside);
          damaged = false;
        }
        database = Optional.of(openOrReplace(settings, directory));
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  /**
   * Takes over records in the order of the log, together with the offsets that follow them, all or
   * nothing.
   *
   * @param positions of the partitions concerned: offset of the next record
   */
  public void apply(List<ConfigRecord> records, Map<Integer, Long> positions) {
    access(
        "writing",
        () -> {
          try (WriteBatch batch = new WriteBatch()) {
            Map<EdgeConfigKey, byte[]> memberships = new HashMap<>();
            for (ConfigRecord record : records) {
              if (record.key().link().isEmpty()) {
                keepFormer(batch, record, memberships);
              }
              add(batch, record);
            }
            for (Map.Entry<EdgeGroup, Long> last : lastRevisions(records).entrySet()) {
              EdgeGroup of = last.getKey();
              batch.put(StoreKeys.revision(of.edge(), of.group()), encode(last.getValue()));
            }
            for (Map.Entry<Integer, Long> position : positions.entrySet()) {
              batch.put(StoreKeys.position(position.getKey()), encode(position.getValue()));
            }
            database().write(unlogged, batch);
            return true;
          }
        });
  }

  /** Offset of the next record by partition; empty for a new store. */
  public Map<Integer, Long> positions() {
    return scan(
        StoreKeys.firstPosition(),
        StoreKeys.afterPositions(),
        iterator -> {
          Map<Integer, Long> positions = new HashMap<>();
          for (; iterator.isValid(); iterator.next()) {
            positions.put(StoreKeys.partition(iterator.key()), decode(iterator.value()));
          }
          return positions;
        });
  }

  /** Where the content comes from; empty for a new store. */
  public Optional<StoreOrigin> origin() {
    return get(StoreKeys.ORIGIN).map(StoreOrigin::decode);
  }

  /** Notes where the content comes from. */
  public void origin(StoreOrigin origin) {
    access(
        "writing",
        () -> {
          database().put(unlogged, StoreKeys.ORIGIN, origin.encode());
          return true;
        });
  }

  /** Forgets everything. */
  public void clear() {
    access(
        "clearing",
        () -> {
          database().deleteRange(unlogged, StoreKeys.LOWEST, StoreKeys.HIGHEST);
          return true;
        });
  }

  /** The newest record of a key; empty if there is none or it was removed. */
  public Optional<StoredValue> find(EdgeConfigKey key) {
    return get(StoreKeys.configuration(key)).map(StoredValue::decode);
  }

  /** The groups in which the edge has a membership. One seek for each group, however many links. */
  public List<GroupId> memberships(EdgeId edge) {
    return scan(
        StoreKeys.firstOf(edge),
        StoreKeys.after(edge),
        iterator -> {
          List<GroupId> groups = new ArrayList<>();
          while (iterator.isValid()) {
            EdgeConfigKey key = StoreKeys.parse(iterator.key());
            if (key.link().isEmpty()) {
              groups.add(key.group());
            }
            iterator.seek(StoreKeys.after(edge, key.group()));
          }
          return groups;
        });
  }

  /**
   * The last memberships of the edge that were removed, each with the revision of its removal; at
   * most {@link #MAX_FORMER} of them, whatever the edge was a member of: they are looked at before
   * anybody has proved anything.
   */
  public SortedMap<GroupId, StoredValue> formerMemberships(EdgeId edge) {
    return scan(
        StoreKeys.firstFormerOf(edge),
        StoreKeys.afterFormerOf(edge),
        iterator -> {
          SortedMap<GroupId, StoredValue> former = new TreeMap<>();
          for (; iterator.isValid() && former.size() < MAX_FORMER; iterator.next()) {
            former.put(
                StoreKeys.groupOfFormer(iterator.key()), StoredValue.decode(iterator.value()));
          }
          return former;
        });
  }

  /** The links the edge has in a group, each with the revision of its record. */
  public SortedMap<LinkId, Long> linkRevisions(EdgeId edge, GroupId group) {
    return scan(
        StoreKeys.firstOf(edge, group),
        StoreKeys.after(edge, group),
        iterator -> {
          SortedMap<LinkId, Long> revisions = new TreeMap<>();
          for (; iterator.isValid(); iterator.next()) {
            long revision = StoredValue.revisionOf(iterator.value());
            StoreKeys.parse(iterator.key()).link().ifPresent(link -> revisions.put(link, revision));
          }
          return revisions;
        });
  }

  /** The newest revision that concerned the edge in a group, removals included; 0 if none did. */
  public long revision(EdgeId edge, GroupId group) {
    return get(StoreKeys.revision(edge, group)).map(ConfigStore::decode).orElse(0L);
  }

  /** Writes what is in memory to disk and closes. */
  @Override
  public void close() {
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        database.ifPresent(RocksDB::close);
        unlogged.close();
        settings.close();
        lock.close();
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  private static void add(WriteBatch batch, ConfigRecord record) throws RocksDBException {
    byte[] key = StoreKeys.configuration(record.key());
    if (record.value().isPresent()) {
      long revision = record.revision().orElse(0);
      batch.put(key, new StoredValue(revision, record.value().get()).encode());
    } else {
      batch.delete(key);
    }
  }

  /**
   * One for each edge and group: the last one that was removed.
   *
   * @param written the memberships of this batch, which the database does not have yet
   */
  private void keepFormer(WriteBatch batch, ConfigRecord record, Map<EdgeConfigKey, byte[]> written)
      throws RocksDBException {
    EdgeConfigKey key = record.key();
    if (record.value().isPresent()) {
      written.put(key, record.value().get());
      return;
    }
    Optional<byte[]> before =
        Optional.ofNullable(written.remove(key)).or(() -> find(key).map(StoredValue::bytes));
    if (before.isPresent()) {
      batch.put(
          StoreKeys.former(key.edge(), key.group()),
          new StoredValue(record.revision().orElse(0), before.get()).encode());
    }
  }

  private record EdgeGroup(EdgeId edge, GroupId group) {}

  /**
   * The writer's revisions rise along the log, so its last one is its highest. A tombstone is not
   * signed, and anybody may have written a huge number on one: it counts until the writer's next
   * record, not for ever.
   */
  private static Map<EdgeGroup, Long> lastRevisions(List<ConfigRecord> records) {
    Map<EdgeGroup, Long> last = new HashMap<>();
    for (ConfigRecord record : records) {
      record
          .revision()
          .ifPresent(
              revision ->
                  last.put(new EdgeGroup(record.key().edge(), record.key().group()), revision));
    }
    return last;
  }

  private Optional<byte[]> get(byte[] key) {
    return access("reading", () -> Optional.ofNullable(database().get(key)));
  }

  private <T> T scan(byte[] from, byte[] to, Scan<T> scan) {
    return access(
        "scanning",
        () -> {
          try (Slice end = new Slice(to);
              ReadOptions options = new ReadOptions().setIterateUpperBound(end);
              RocksIterator iterator = database().newIterator(options)) {
            iterator.seek(from);
            T result = scan.read(iterator);
            iterator.status();
            return result;
          }
        });
  }

  /**
   * Fails if any read has met a damaged file.
   *
   * @throws StoreFailure to be followed by {@link #reopen}
   */
  public void requireSound() {
    if (damaged) {
      throw new StoreFailure("reading", new IllegalStateException("a file is damaged"));
    }
  }

  /** Within an access only. */
  private RocksDB database() {
    return database.orElseThrow(
        () -> new StoreFailure("reading", new IllegalStateException("the disk has failed")));
  }

  private <T> T access(String doing, Access<T> access) {
    lifetime.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the store is closed");
      }
      return access.run();
    } catch (RocksDBException failed) {
      damaged = damaged || DamagedState.isCorruption(failed);
      throw new StoreFailure(doing, failed);
    } finally {
      lifetime.readLock().unlock();
    }
  }

  private static byte[] encode(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long decode(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  private interface Access<T> {
    T run() throws RocksDBException;
  }

  private interface Scan<T> {
    T read(RocksIterator iterator);
  }
}
