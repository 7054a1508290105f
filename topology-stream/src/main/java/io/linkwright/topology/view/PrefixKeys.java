package io.linkwright.topology.view;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The keys under one prefix after those under another. A prefix is not sought before the one ahead
 * of it is exhausted: most who ask stop early. Used by one thread; who asked closes it.
 */
final class PrefixKeys implements Iterator<Bytes>, AutoCloseable {
  private final Iterator<Bytes> prefixes;
  private final Function<Bytes, KeyValueIterator<Bytes, byte[]>> seek;
  private KeyValueIterator<Bytes, byte[]> found;

  PrefixKeys(List<Bytes> prefixes, Function<Bytes, KeyValueIterator<Bytes, byte[]>> seek) {
    this.prefixes = prefixes.iterator();
    this.seek = seek;
    this.found = seek.apply(this.prefixes.next());
  }

  @Override
  public boolean hasNext() {
    while (!found.hasNext()) {
      if (!prefixes.hasNext()) {
        return false;
      }
      found.close();
      found = seek.apply(prefixes.next());
    }
    return true;
  }

  @Override
  public Bytes next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return found.next().key;
  }

  @Override
  public void close() {
    found.close();
  }

  Stream<Bytes> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }
}
