package io.linkwright.topology.view;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store in memory that counts what is asked of it. */
final class CountingStore implements KeyValueStore<Bytes, byte[]> {
  private final NavigableMap<Bytes, byte[]> records = new TreeMap<>();
  private long gets;
  private long puts;
  private long seeks;
  private long steps;

  /** Numbers of look-ups, writes, iterators opened and records they gave. */
  record Cost(long gets, long puts, long seeks, long steps) {}

  /** What was asked since this was last called. */
  Cost takeCost() {
    Cost cost = new Cost(gets, puts, seeks, steps);
    gets = 0;
    puts = 0;
    seeks = 0;
    steps = 0;
    return cost;
  }

  @Override
  public byte[] get(Bytes key) {
    gets++;
    return records.get(key);
  }

  @Override
  public void put(Bytes key, byte[] value) {
    puts++;
    records.put(key, value);
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    puts++;
    return records.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(Bytes key) {
    puts++;
    return records.remove(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return iterator(records.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return iterator(records);
  }

  @Override
  public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(
      P prefix, PS serializer) {
    Bytes from = Bytes.wrap(serializer.serialize(null, prefix));
    return iterator(records.subMap(from, true, Keys.endOf(from), true));
  }

  private KeyValueIterator<Bytes, byte[]> iterator(Map<Bytes, byte[]> range) {
    seeks++;
    Iterator<Map.Entry<Bytes, byte[]>> entries = range.entrySet().iterator();
    return new KeyValueIterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public KeyValue<Bytes, byte[]> next() {
        steps++;
        Map.Entry<Bytes, byte[]> next = entries.next();
        return KeyValue.pair(next.getKey(), next.getValue());
      }

      @Override
      public Bytes peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long approximateNumEntries() {
    return records.size();
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}
