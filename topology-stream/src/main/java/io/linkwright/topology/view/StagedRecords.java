package io.linkwright.topology.view;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store as it will be: what one event writes is kept back here until all of it is known, and read
 * as if it were written. An event that turns out to be impossible half-way leaves nothing behind,
 * and the store itself changes in one short step. Owned by the stream thread of a task.
 */
final class StagedRecords implements KeyValueStore<Bytes, byte[]> {
  /**
   * Largest value of a record. The changelog takes somewhat more: a key and a batch have room
   * beside it.
   */
  static final int MAX_VALUE_BYTES = 4 << 20;

  private final KeyValueStore<Bytes, byte[]> store;

  /** Empty if the record is deleted. */
  private final NavigableMap<Bytes, Optional<byte[]>> staged = new TreeMap<>();

  StagedRecords(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Writes what was kept back. */
  void write() {
    staged.forEach(
        (key, value) -> value.ifPresentOrElse(bytes -> store.put(key, bytes), () -> remove(key)));
    staged.clear();
  }

  /** Forgets what was kept back. */
  void discard() {
    staged.clear();
  }

  private void remove(Bytes key) {
    var _ = store.delete(key);
  }

  @Override
  public byte[] get(Bytes key) {
    Optional<byte[]> value = staged.get(key);
    return value == null ? store.get(key) : value.orElse(null);
  }

  /**
   * Keeps a value back.
   *
   * @throws IllegalArgumentException if it is larger than the changelog takes
   */
  @Override
  public void put(Bytes key, byte[] value) {
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a record of %d bytes is larger than the view keeps".formatted(value.length));
    }
    staged.put(key, Optional.of(value));
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] present = get(key);
    if (present == null) {
      put(key, value);
    }
    return present;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  /** Answers nothing: nobody asks, and a look-up would cost as much as the event. */
  @Override
  public byte[] delete(Bytes key) {
    staged.put(key, Optional.empty());
    return null;
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return merged(staged.subMap(from, true, to, true), store.range(from, to));
  }

  @Override
  public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(
      P prefix, PS serializer) {
    byte[] from = serializer.serialize(null, prefix);
    NavigableMap<Bytes, Optional<byte[]>> tail = staged.tailMap(Bytes.wrap(from), true);
    Optional<Bytes> beyond =
        tail.keySet().stream().filter(key -> !startsWith(key, from)).findFirst();
    return merged(
        beyond.map(end -> tail.headMap(end, false)).orElse(tail),
        store.prefixScan(prefix, serializer));
  }

  private static boolean startsWith(Bytes key, byte[] prefix) {
    byte[] bytes = key.get();
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static KeyValueIterator<Bytes, byte[]> merged(
      NavigableMap<Bytes, Optional<byte[]>> changed, KeyValueIterator<Bytes, byte[]> stored) {
    return changed.isEmpty() ? stored : new Merged(changed, stored);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return merged(staged, store.all());
  }

  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    throw new UnsupportedOperationException("the store is its owner's");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("the store is its owner's");
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  /** Stored records in order, with what was changed in their places. */
  private static final class Merged implements KeyValueIterator<Bytes, byte[]> {
    private final Iterator<Map.Entry<Bytes, Optional<byte[]>>> changes;
    private final KeyValueIterator<Bytes, byte[]> stored;
    private Map.Entry<Bytes, Optional<byte[]>> change;
    private KeyValue<Bytes, byte[]> record;
    private KeyValue<Bytes, byte[]> next;

    Merged(NavigableMap<Bytes, Optional<byte[]>> changed, KeyValueIterator<Bytes, byte[]> stored) {
      this.changes = changed.entrySet().iterator();
      this.stored = stored;
      this.change = changes.next();
      this.record = nextRecord();
      this.next = advance();
    }

    private KeyValue<Bytes, byte[]> advance() {
      while (change != null || record != null) {
        int order = order();
        if (order < 0) {
          KeyValue<Bytes, byte[]> unchanged = record;
          record = nextRecord();
          return unchanged;
        }
        if (order == 0) {
          record = nextRecord();
        }
        Map.Entry<Bytes, Optional<byte[]>> changed = change;
        change = changes.hasNext() ? changes.next() : null;
        if (changed.getValue().isPresent()) {
          return KeyValue.pair(changed.getKey(), changed.getValue().get());
        }
      }
      return null;
    }

    /** Less than 0 if the stored record comes first, 0 if it was changed. */
    private int order() {
      if (change == null) {
        return -1;
      }
      return record == null ? 1 : record.key.compareTo(change.getKey());
    }

    private KeyValue<Bytes, byte[]> nextRecord() {
      return stored.hasNext() ? stored.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      KeyValue<Bytes, byte[]> given = next;
      next = advance();
      return given;
    }

    @Override
    public Bytes peekNextKey() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      return next.key;
    }

    @Override
    public void close() {
      stored.close();
    }
  }
}
