package io.linkwright.standalone.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Remembers what was started, so that a start that fails half-way leaves nothing running. Its own
 * methods are called by one thread.
 */
final class StartSequence implements AutoCloseable {
  /** For each part. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** What is still starting when another part has failed: it is interrupted and then waited for. */
  private static final Duration GIVE_UP_LIMIT = Duration.ofSeconds(20);

  private record Started(String name, AutoCloseable part) {}

  private final Deque<Started> started = new ArrayDeque<>();
  private final List<Thread> starting = new ArrayList<>();
  private boolean closed;

  /** Something that runs now and must be stopped if what follows fails. */
  <T extends AutoCloseable> T started(String name, T part) {
    boolean tooLate;
    synchronized (started) {
      tooLate = closed;
      if (!tooLate) {
        started.push(new Started(name, part));
      }
    }
    if (tooLate) {
      BoundedStop.of(name, part, STOP_LIMIT);
    }
    return part;
  }

  /** A part that starts in a thread of its own. */
  final class Starting<T> {
    private final String name;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Starting(String name) {
      this.name = name;
    }

    boolean isStarted() {
      return result.isDone();
    }

    String name() {
      return name;
    }

    /**
     * Waits for it.
     *
     * @throws IllegalStateException if the start was interrupted
     */
    T join() {
      try {
        return result.get();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while starting", interrupted);
      } catch (ExecutionException failed) {
        throw switch (failed.getCause()) {
          case RuntimeException itself -> itself;
          case Throwable other ->
              new IllegalStateException("%s failed: %s".formatted(name, other), other);
        };
      }
    }

    private void run(Supplier<T> start) {
      try {
        T value = start.get();
        if (value instanceof AutoCloseable running) {
          started(name, running);
        }
        result.complete(value);
      } catch (Throwable failed) { // Whoever joins is told, of an Error too.
        result.completeExceptionally(failed);
      }
    }
  }

  /** Starts a part in a thread of its own. */
  <T> Starting<T> inBackground(String name, Supplier<T> start) {
    Starting<T> part = new Starting<>(name);
    starting.add(Thread.ofPlatform().daemon().name("start-" + name).start(() -> part.run(start)));
    return part;
  }

  /** Everything runs: what was started is no longer ours to stop. */
  void succeeded() {
    synchronized (started) {
      started.clear();
    }
  }

  /**
   * Stops everything, last started first. What is still starting is told to give up; what starts
   * after all is stopped when it has.
   */
  @Override
  public void close() {
    starting.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + GIVE_UP_LIMIT.toNanos();
    for (Thread thread : starting) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    Deque<Started> stopping;
    synchronized (started) {
      closed = true;
      stopping = new ArrayDeque<>(started);
      started.clear();
    }
    while (!stopping.isEmpty()) {
      Started next = stopping.pop();
      BoundedStop.of(next.name(), next.part(), STOP_LIMIT);
    }
  }
}
