package io.linkwright.agent;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What all agents of a process share: one HTTP client, one thread for timers, virtual threads for
 * the work. An idle agent has no thread. Thread-safe.
 */
public final class AgentRuntime implements AutoCloseable {
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("edge-agent-", 0).factory());
  private final ScheduledThreadPoolExecutor timers;
  private HttpClient http;

  private AgentRuntime() {
    timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("edge-agent-timers").factory());
    timers.setRemoveOnCancelPolicy(true);
    http = newClient();
  }

  private HttpClient newClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(workers).build();
  }

  /** Starts client and timers. */
  public static AgentRuntime start() {
    return new AgentRuntime();
  }

  /** Another one if the client's own thread has died: it would refuse every request for ever. */
  synchronized HttpClient http() {
    if (http.isTerminated() && !workers.isShutdown()) {
      http = newClient();
    }
    return http;
  }

  /** Work that takes time belongs on {@link #workers}. */
  ScheduledThreadPoolExecutor timers() {
    return timers;
  }

  Executor workers() {
    return workers;
  }

  /** To be called after the agents are closed. */
  @Override
  public synchronized void close() {
    timers.shutdownNow();
    try {
      http.shutdownNow();
    } finally {
      workers.shutdownNow();
    }
  }
}
