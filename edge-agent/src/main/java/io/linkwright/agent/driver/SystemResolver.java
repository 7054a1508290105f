package io.linkwright.agent.driver;

import io.linkwright.domain.address.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the system's resolver, for a bounded time; it takes the first of several addresses. The
 * threads are not virtual: one that waits for a name service keeps its carrier.
 */
final class SystemResolver implements Resolver {
  /** For all hosts of a call together. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final Duration IDLE_THREAD_LIFE = Duration.ofSeconds(10);
  private static final int MAX_QUESTIONS_AT_A_TIME = 16;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MAX_QUESTIONS_AT_A_TIME,
          MAX_QUESTIONS_AT_A_TIME,
          IDLE_THREAD_LIFE.toMillis(),
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("resolver-", 0).factory());

  SystemResolver() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** What is still queued when the time is over is not asked any more, so the queue empties. */
  @Override
  public Map<String, IpAddress> resolve(Set<String> hosts) {
    Map<String, IpAddress> found = new ConcurrentHashMap<>();
    CountDownLatch unanswered = new CountDownLatch(hosts.size());
    AtomicBoolean over = new AtomicBoolean();
    for (String host : hosts) {
      threads.execute(
          () -> {
            if (!over.get()) {
              ask(host).ifPresent(address -> found.put(host, address));
            }
            unanswered.countDown();
          });
    }
    try {
      boolean _ = unanswered.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    over.set(true);
    return new TreeMap<>(found);
  }

  private static Optional<IpAddress> ask(String host) {
    try {
      return Optional.of(IpAddress.ofBytes(InetAddress.getByName(host).getAddress()));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }
}
