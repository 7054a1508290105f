package io.linkwright.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Sends prepared requests over a fixed number of kept-alive connections. Thread-safe. */
final class LoadClient implements AutoCloseable {
  private final int connections;
  private final BlockingQueue<RawHttpConnection> idle = new LinkedBlockingQueue<>();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * How many requests a closed loop got answered, and how long that took.
   *
   * @param next the number of the first request that was not sent
   */
  record Run(int requests, int next, long elapsedNanos) {
    double perSecond() {
      return requests * 1e9 / elapsedNanos;
    }
  }

  LoadClient(int port, int connections) throws IOException {
    this.connections = connections;
    for (int i = 0; i < connections; i++) {
      idle.add(new RawHttpConnection(port));
    }
  }

  /**
   * Sends one request on a connection that is idle, waiting for one if need be.
   *
   * @throws IllegalStateException if the answer is not a success: the bench sends nothing wrong
   */
  String send(byte[] request) throws IOException, InterruptedException {
    RawHttpConnection connection = idle.take();
    try {
      RawHttpConnection.Answer answer = connection.exchange(request);
      if (answer.status() / 100 != 2) {
        throw new IllegalStateException(
            "the server answered %d: %s".formatted(answer.status(), answer.body()));
      }
      return answer.body();
    } finally {
      idle.add(connection);
    }
  }

  /** Runs {@code task} in a virtual thread of its own. */
  Future<?> async(SendingTask task) {
    return senders.submit(
        () -> {
          task.run();
          return null;
        });
  }

  /** Something that sends. */
  interface SendingTask {
    void run() throws IOException, InterruptedException;
  }

  /** Sends requests number {@code from} to {@code to - 1}, all connections at work. */
  Run sendAll(int from, int to, IntFunction<byte[]> requests) throws InterruptedException {
    return closedLoop(from, to, Long.MAX_VALUE, requests);
  }

  /** Sends requests from number {@code from} on for so long, at most up to {@code to - 1}. */
  Run sendFor(Duration duration, int from, int to, IntFunction<byte[]> requests)
      throws InterruptedException {
    return closedLoop(from, to, System.nanoTime() + duration.toNanos(), requests);
  }

  private Run closedLoop(int from, int to, long endNanos, IntFunction<byte[]> requests)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger(from);
    AtomicInteger answered = new AtomicInteger();
    long startNanos = System.nanoTime();
    List<Future<?>> loops = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      loops.add(
          async(
              () -> {
                while (System.nanoTime() < endNanos) {
                  int request = next.getAndIncrement();
                  if (request >= to) {
                    break;
                  }
                  send(requests.apply(request));
                  answered.incrementAndGet();
                }
              }));
    }
    for (Future<?> loop : loops) {
      await(loop);
    }
    return new Run(answered.get(), Math.min(to, next.get()), System.nanoTime() - startNanos);
  }

  /** Waits for a task and hands on its failure. */
  static void await(Future<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the load generator failed", failed.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    senders.shutdownNow();
    for (RawHttpConnection connection : idle) {
      connection.close();
    }
  }
}
