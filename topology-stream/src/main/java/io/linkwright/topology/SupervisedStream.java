package io.linkwright.topology;

import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream running: one that has stopped is closed, and a new one made, for ever, with longer
 * and longer waits. The thread {@code view-supervisor} owns the stream; anybody may look at it.
 */
final class SupervisedStream implements AutoCloseable {
  /** Wait after the first fault; doubles with each that follows. */
  static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);

  /** Longest wait between two tries. */
  static final Duration MAX_BACK_OFF = Duration.ofSeconds(30);

  /** A stream that has run this long has recovered: the next fault is a first one. */
  static final Duration RECOVERED_AFTER = Duration.ofMinutes(1);

  /** A stream that has not ended after this long never will: a new one would need its directory. */
  static final Duration MAX_ENDING = Duration.ofMinutes(10);

  private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedStream.class);

  private final Supplier<KafkaStreams> maker;
  private final StreamFaults faults;
  private final StateFiles files;
  private final RestoreProgress restored;
  private final Runnable everyCheck;
  private final LongSupplier nanoTime;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread supervisor =
      Thread.ofPlatform().name("view-supervisor").unstarted(this::run);

  private volatile KafkaStreams current;
  private volatile Optional<String> dead = Optional.empty();
  private volatile Optional<String> lastRestart = Optional.empty();
  private Duration backOff = FIRST_BACK_OFF;
  private KafkaStreams.State seen = KafkaStreams.State.CREATED;
  private long since;

  /**
   * A stream that is not started yet.
   *
   * @param maker makes a stream
   * @param files that it keeps its part of the view in
   * @param restored hears of how far a stream is with its part of the view
   * @param everyCheck is run a few times a second by the supervisor; never blocks
   * @throws RuntimeException if the first one cannot be made: its settings are wrong, or another
   *     process has its directory
   */
  SupervisedStream(
      Supplier<KafkaStreams> maker,
      StreamFaults faults,
      StateFiles files,
      RestoreProgress restored,
      Runnable everyCheck,
      LongSupplier nanoTime) {
    this.maker = maker;
    this.faults = faults;
    this.files = files;
    this.restored = restored;
    this.everyCheck = everyCheck;
    this.nanoTime = nanoTime;
    this.current = makeFirst();
    this.since = nanoTime.getAsLong();
  }

  private KafkaStreams makeFirst() {
    try {
      return make();
    } catch (ProcessorStateException damaged) {
      files.moveAsideAfter(damaged);
      return make();
    }
  }

  private KafkaStreams make() {
    restored.begin();
    KafkaStreams made = maker.get();
    made.setUncaughtExceptionHandler(faults);
    made.setGlobalStateRestoreListener(restored);
    return made;
  }

  void start() {
    begin(current);
    supervisor.start();
  }

  /** Streams looks at its files here already. One that cannot begin is closed, and replaced. */
  private void begin(KafkaStreams streams) {
    try {
      streams.start();
    } catch (RuntimeException failed) {
      var _ = faults.handle(failed);
      var _ = streams.close(CLOSE_TIMEOUT);
    }
  }

  /** The stream that runs, or the last one that did. */
  KafkaStreams current() {
    return current;
  }

  Liveness liveness() {
    Optional<String> reason = faults.fatal().or(() -> dead);
    if (reason.isPresent()) {
      return Liveness.dead("the stream has stopped: " + reason.get());
    }
    return supervisor.isAlive() || closing.getCount() == 0
        ? Liveness.alive()
        : Liveness.dead("thread view-supervisor has ended");
  }

  Readiness readiness() {
    if (liveness() instanceof Liveness.Dead(String reason)) {
      return Readiness.notReady(reason);
    }
    return switch (current.state()) {
      case RUNNING -> Readiness.ready();
      case CREATED, REBALANCING ->
          Readiness.notReady(
              "the view is being restored: "
                  + restored.text()
                  + faults.last().map(", after: "::concat).orElse(""));
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR ->
          Readiness.notReady(
              "the stream is started again" + lastRestart.map(", after: "::concat).orElse(""));
    };
  }

  private void run() {
    try {
      while (!closing.await(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        check();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() throws InterruptedException {
    try {
      everyCheck.run();
      supervise();
    } catch (RuntimeException failed) {
      LOG.error("supervision of the stream failed and goes on", failed);
    }
  }

  private void supervise() throws InterruptedException {
    KafkaStreams.State state = current.state();
    if (state != seen) {
      seen = state;
      since = nanoTime.getAsLong();
    }
    Duration standing = Duration.ofNanos(nanoTime.getAsLong() - since);
    switch (state) {
      case RUNNING -> {
        if (standing.compareTo(RECOVERED_AFTER) > 0) {
          backOff = FIRST_BACK_OFF;
        }
      }
      case CREATED, REBALANCING -> {}
      case PENDING_SHUTDOWN, PENDING_ERROR -> {
        lastRestart = faults.last();
        if (standing.compareTo(MAX_ENDING) > 0) {
          dead = Optional.of("it does not end, since %d s".formatted(standing.toSeconds()));
        }
      }
      case NOT_RUNNING, ERROR -> replace();
    }
  }

  private void replace() throws InterruptedException {
    lastRestart = faults.last();
    if (faults.fatal().isPresent()
        || closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS)
        || !current.close(CLOSE_TIMEOUT)) {
      return;
    }
    faults.lastFault().ifPresent(files::moveAsideAfter);
    LOG.info("stream is started again waited_ms={}", backOff.toMillis());
    backOff = min(backOff.multipliedBy(2), MAX_BACK_OFF);
    KafkaStreams next;
    try {
      next = make();
    } catch (RuntimeException failed) {
      var _ = faults.handle(failed);
      return;
    }
    current = next;
    begin(next);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Commits what was applied and stops; gives up waiting after 10 s. */
  @Override
  public void close() {
    closing.countDown();
    try {
      supervisor.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!current.close(CLOSE_TIMEOUT)) {
      LOG.warn("stream did not stop timeout_s={}", CLOSE_TIMEOUT.toSeconds());
    }
  }
}
