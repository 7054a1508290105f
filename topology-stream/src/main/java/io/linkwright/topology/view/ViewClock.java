package io.linkwright.topology.view;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Says which records of a partition belong together. An event changes several records; the stream
 * thread changes them between two ticks, and a reader whose tick is still the same when it ends has
 * seen all of an event or nothing of it. Readers do not hold up the stream: they read again if a
 * tick came between, and only after {@link #OPTIMISTIC_READS} tries make it wait.
 */
public final class ViewClock {
  /** A page takes a millisecond or so; a group that busy is rare. */
  static final int OPTIMISTIC_READS = 3;

  private final ConcurrentMap<Integer, StampedLock> partitions = new ConcurrentHashMap<>();

  /** Runs a change of a partition by the thread that owns it. */
  public <T> T change(int partition, Supplier<T> change) {
    StampedLock lock = lock(partition);
    long stamp = lock.writeLock();
    try {
      return change.get();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Runs a query that sees a partition as it was at one moment. It may run more than once. */
  public <T> T read(int partition, Supplier<T> query) {
    StampedLock lock = lock(partition);
    for (int attempt = 0; attempt < OPTIMISTIC_READS; attempt++) {
      long stamp = lock.tryOptimisticRead();
      if (stamp == 0) {
        continue;
      }
      try {
        T answer = query.get();
        if (lock.validate(stamp)) {
          return answer;
        }
      } catch (RuntimeException halfChanged) {
        // Records that do not fit together are no fault if they were changed meanwhile.
        if (lock.validate(stamp)) {
          throw halfChanged;
        }
      }
    }
    long stamp = lock.readLock();
    try {
      return query.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private StampedLock lock(int partition) {
    return partitions.computeIfAbsent(partition, _ -> new StampedLock());
  }
}
