package io.linkwright.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Env;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all stores of the process together, however many partitions it has. Write
 * buffers count against the cache. Both are made once and live as long as the process.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  /** Blocks, indexes, filters and write buffers of all stores. */
  static final long CACHE_BYTES = 192L << 20;

  /** Of it, what write buffers may take before they are flushed. */
  static final long WRITE_BUFFERS_BYTES = 128L << 20;

  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  /** Files that a read may have to look into before they are merged; the filters keep it cheap. */
  private static final int SORTED_RUNS = 8;

  private static final double BLOOM_FILTER_BITS_PER_KEY = 10;

  static {
    org.rocksdb.RocksDB.loadLibrary();
    // Of the whole process: merging can wait, events cannot.
    var _ = Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
  }

  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);
  private static final BloomFilter FILTER = new BloomFilter(BLOOM_FILTER_BITS_PER_KEY);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setFilterPolicy(FILTER);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
    options.setLevel0FileNumCompactionTrigger(SORTED_RUNS);
  }

  /** Nothing belongs to one store alone. */
  @Override
  public void close(String storeName, Options options) {}
}
