package io.linkwright.command.ownership;

import io.linkwright.schemas.KafkaFault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster for a sign of life, again and again, in a thread of its own. */
public final class BrokerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final BrokerContact contact = new BrokerContact(System.nanoTime());
  private final Callable<?> question;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private BrokerWatch(Callable<?> question) {
    this.question = question;
    this.thread = Thread.ofPlatform().daemon().name("broker-watch").unstarted(this::run);
  }

  /**
   * Begins to ask.
   *
   * @param question returns when a broker has answered, and fails within a bounded time otherwise
   */
  public static BrokerWatch start(Callable<?> question) {
    BrokerWatch watch = new BrokerWatch(question);
    watch.thread.start();
    return watch;
  }

  /** What is to be said of a cluster that does not answer; empty if it does. */
  public Optional<String> complaint() {
    return contact.complaint(System.nanoTime());
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.warn("watch did not stop in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        ask();
      } while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() throws InterruptedException {
    try {
      question.call();
      contact.answered(System.nanoTime());
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception unanswered) {
      contact.failed(KafkaFault.text(unanswered));
    }
  }
}
