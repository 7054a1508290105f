package io.linkwright.pusher.store;

import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.Env;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;

/**
 * How the database is opened: memory bounded, old versions erased within a day. Universal
 * compaction rewrites a record a few times where levels would rewrite it ten times; most of a
 * record is sealed bytes, so the room that takes is the price.
 */
final class RocksSettings implements AutoCloseable {
  private static final long BLOCK_CACHE_BYTES = 32L << 20;

  /** What is replaced while it is still in a buffer is never written. */
  private static final long WRITE_BUFFER_BYTES = 64L << 20;

  private static final int WRITE_BUFFERS = 3;

  /**
   * Files that a read may have to look into before they are merged. Each merge reads and writes
   * what was there, and Bloom filters make a file that has not the key cost next to nothing.
   */
  private static final int SORTED_RUNS = 8;

  private static final int MAX_OPEN_FILES = 256;
  private static final long MAX_INFO_LOG_BYTES = 1L << 20;
  private static final int INFO_LOGS_KEPT = 2;
  private static final double BLOOM_BITS_PER_KEY = 10;

  /**
   * Sealed secrets that were replaced or removed stay in a file until it is compacted; the topic
   * erases them within a day as well.
   */
  private static final long ERASED_WITHIN_SECONDS = 24L * 60 * 60;

  static {
    RocksDB.loadLibrary();
    // Of the whole process: merging can wait, deliveries cannot.
    var _ = Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
  }

  private final Cache blockCache = new LRUCache(BLOCK_CACHE_BYTES);
  private final BloomFilter bloomFilter = new BloomFilter(BLOOM_BITS_PER_KEY);
  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setWriteBufferSize(WRITE_BUFFER_BYTES)
          .setMaxWriteBufferNumber(WRITE_BUFFERS)
          .setCompressionType(CompressionType.NO_COMPRESSION)
          .setCompactionStyle(CompactionStyle.UNIVERSAL)
          .setLevel0FileNumCompactionTrigger(SORTED_RUNS)
          .setMaxOpenFiles(MAX_OPEN_FILES)
          .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
          .setKeepLogFileNum(INFO_LOGS_KEPT)
          .setPeriodicCompactionSeconds(ERASED_WITHIN_SECONDS)
          .setTableFormatConfig(
              new BlockBasedTableConfig()
                  .setBlockCache(blockCache)
                  .setCacheIndexAndFilterBlocks(true)
                  .setFilterPolicy(bloomFilter));

  Options options() {
    return options;
  }

  @Override
  public void close() {
    List.of(options, bloomFilter, blockCache).forEach(AbstractNativeReference::close);
  }
}
