package io.linkwright.cli.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was started, so that a start that fails half-way leaves nothing running. Its own
 * methods are called by one thread.
 */
final class StartSequence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartSequence.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final List<CompletableFuture<?>> starting = new ArrayList<>();

  /** Something that runs now and must be stopped if what follows fails. */
  <T extends AutoCloseable> T started(T part) {
    synchronized (started) {
      started.push(part);
    }
    return part;
  }

  /** Starts a part in a thread of its own. */
  <T> CompletableFuture<T> inBackground(Supplier<T> start) {
    CompletableFuture<T> part =
        CompletableFuture.supplyAsync(
            () -> {
              T value = start.get();
              if (value instanceof AutoCloseable running) {
                started(running);
              }
              return value;
            },
            task -> Thread.ofPlatform().daemon().name("start").start(task));
    starting.add(part);
    return part;
  }

  /** Everything runs: what was started is no longer ours to stop. */
  void succeeded() {
    starting.clear();
    synchronized (started) {
      started.clear();
    }
  }

  /** Waits for what is still starting, then stops everything, last started first. */
  @Override
  public void close() {
    for (CompletableFuture<?> part : starting) {
      try {
        part.join();
      } catch (CompletionException failed) {
        LOG.warn("part did not start", failed);
      }
    }
    synchronized (started) {
      while (!started.isEmpty()) {
        stop(started.pop());
      }
    }
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failed) {
      LOG.warn("part did not stop", failed);
    }
  }
}
