package io.linkwright.command.writer;

import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.UnclaimableLogException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the protocol of one partition in a thread of its own, fed by a bounded queue. Commands may
 * wait in it while the partition is being claimed and replayed. {@link #submit} and {@link #close}
 * may be called from any thread; all else belongs to the writer's.
 */
public final class PartitionWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

  /** How often an idle writer looks whether it is to stop, and whether links are due. */
  private static final Duration IDLE_WAIT = Duration.ofMillis(200);

  /** How often a writer with nothing to do looks what others have written to its partition. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

  private static final Duration MAX_RECLAIM_BACKOFF = Duration.ofSeconds(30);
  private static final int MAX_BACKOFF_DOUBLINGS = 10;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final String STOPPED = "the partition has another owner now";

  private final int partition;
  private final WriterProtocol protocol;
  private final WriterLimits limits;
  private final ScheduledRekeys rekeys;
  private final BlockingQueue<Submission> queue;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean owning;
  private volatile int damagedGroups;

  /** Why the partition is not claimed; empty while it is, or before the first try has ended. */
  private volatile Optional<String> obstacle = Optional.empty();

  /** The same, if somebody must mend the log first: commands do not wait for that. */
  private volatile Optional<String> unclaimable = Optional.empty();

  /** What ended the thread; empty unless it was an error of the machine. */
  private volatile Optional<String> fatal = Optional.empty();

  /** Claims that failed in a row. Only the writer's thread touches it. */
  private int failedClaims;

  /** On the clock of {@link System#nanoTime}. Only the writer's thread touches it. */
  private long lastLookNanos = System.nanoTime();

  private PartitionWriter(
      int partition, WriterProtocol protocol, WriterLimits limits, ScheduledRekeys rekeys) {
    this.partition = partition;
    this.protocol = protocol;
    this.limits = limits;
    this.rekeys = rekeys;
    this.queue = new ArrayBlockingQueue<>(limits.maxQueuedCommands());
    this.thread = Thread.ofPlatform().daemon().name("writer-" + partition).unstarted(this::run);
  }

  /**
   * Starts to claim the partition.
   *
   * @param rekeys this writer's own
   */
  public static PartitionWriter start(
      int partition, WriterProtocol protocol, WriterLimits limits, ScheduledRekeys rekeys) {
    PartitionWriter writer = new PartitionWriter(partition, protocol, limits, rekeys);
    writer.thread.start();
    return writer;
  }

  /** Whether the partition is claimed and replayed. */
  public boolean isOwning() {
    return owning;
  }

  /** Groups of the partition that stand still at damage of their log. */
  public int damagedGroups() {
    return damagedGroups;
  }

  /** Why the partition could not be claimed the last time; empty while it is claimed. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /** What has ended this writer for good, though nobody has closed it. */
  public Optional<String> fatal() {
    return fatal;
  }

  /** Commands waiting. */
  public int queueDepth() {
    return queue.size();
  }

  /**
   * Queues the command; it is answered at once if there is no room, no writer any more, or a log
   * that somebody must mend first.
   */
  public void submit(Submission submission) {
    Optional<String> broken = unclaimable;
    if (broken.isPresent()) {
      submission.complete(new CommandAnswer.NotReady(broken.get()));
    } else if (!queue.offer(submission)) {
      submission.complete(
          new CommandAnswer.NotReady(
              "%d commands wait for partition %d already"
                  .formatted(limits.maxQueuedCommands(), partition)));
    } else if (isStopping()) {
      // The writer's last look at the queue may have been before the offer.
      refuseQueued();
    }
  }

  /** Finishes the transaction in hand, refuses what waits, and gives the partition up. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.warn("writer did not stop in time partition={}", partition);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void run() {
    try {
      while (!isStopping()) {
        step();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Error broken) {
      // Out of memory, a class that cannot be linked: nothing that this thread does can be trusted.
      fatal = Optional.of("writer of partition %d ended: %s".formatted(partition, broken));
      LOG.error("writer ended by an error partition={}", partition, broken);
    } finally {
      stopping.countDown();
      owning = false;
      damagedGroups = 0;
      end();
    }
  }

  private void end() {
    try {
      protocol.close();
    } catch (RuntimeException notClosed) {
      LOG.warn("claim cannot be ended partition={}", partition, notClosed);
    } finally {
      refuseQueued();
      LOG.info("writer stopped partition={}", partition);
    }
  }

  /** A failure that nobody foresaw ends the claim and not the writer. */
  private void step() throws InterruptedException {
    try {
      advance();
    } catch (RuntimeException bug) {
      LOG.error("writer failed, claiming anew partition={}", partition, bug);
      obstacle = Optional.of("the writer has failed: " + bug);
      protocol.abandon();
    }
    damagedGroups = protocol.damagedGroups();
  }

  private void advance() throws InterruptedException {
    switch (protocol.phase()) {
      case WriterProtocol.Phase.Unclaimed() -> {
        if (owning) {
          // Lost: two that both believe to be the owner must not fence each other in a tight loop.
          owning = false;
          backOff();
        } else {
          claim();
        }
      }
      case WriterProtocol.Phase.Owner _ -> {
        if (!rekeys.write(protocol, this::nextQueued)) {
          writeQueued();
        }
      }
      case WriterProtocol.Phase.Closed() -> stopping.countDown();
    }
  }

  /** With a transaction on its way there is no waiting for more: its clients wait for it. */
  private void writeQueued() throws InterruptedException {
    Optional<Submission> first = protocol.isWriting() ? nextQueued() : awaitQueued();
    if (first.isPresent()) {
      protocol.write(first.get(), this::nextQueued);
    } else {
      protocol.finish();
      look();
    }
  }

  private void look() {
    long now = System.nanoTime();
    if (now - lastLookNanos >= LOOK_INTERVAL.toNanos()) {
      protocol.look();
      lastLookNanos = System.nanoTime();
    }
  }

  private Optional<Submission> awaitQueued() throws InterruptedException {
    return Optional.ofNullable(queue.poll(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS))
        .filter(Submission::take);
  }

  private void claim() throws InterruptedException {
    long start = System.nanoTime();
    try {
      protocol.claim();
      owning = true;
      failedClaims = 0;
      obstacle = Optional.empty();
      unclaimable = Optional.empty();
      LOG.info(
          "partition claimed partition={} damaged_groups={} elapsed_ms={}",
          partition,
          protocol.damagedGroups(),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    } catch (EventLogException unavailable) {
      LOG.warn("partition cannot be claimed partition={}", partition, unavailable);
      obstacle = Optional.of(reason(unavailable));
      backOff();
    } catch (UnclaimableLogException refused) {
      LOG.error("partition is not claimed partition={} reason={}", partition, refused.getMessage());
      obstacle = Optional.of(refused.getMessage());
      unclaimable = obstacle;
      refuseQueued(refused.getMessage());
      backOff();
    } catch (RuntimeException bug) {
      LOG.error("partition cannot be replayed partition={}", partition, bug);
      obstacle = Optional.of("the replay has failed: " + bug);
      backOff();
    }
  }

  private static String reason(EventLogException unavailable) {
    Throwable cause = unavailable.getCause();
    return cause == null
        ? unavailable.getMessage()
        : "%s: %s".formatted(unavailable.getMessage(), cause.getMessage());
  }

  private void backOff() throws InterruptedException {
    Duration doubled =
        limits.reclaimBackoff().multipliedBy(1L << Math.min(failedClaims, MAX_BACKOFF_DOUBLINGS));
    failedClaims++;
    Duration wait = doubled.compareTo(MAX_RECLAIM_BACKOFF) < 0 ? doubled : MAX_RECLAIM_BACKOFF;
    boolean _ = stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Optional<Submission> nextQueued() {
    Submission next = queue.poll();
    while (next != null && !next.take()) {
      next = queue.poll();
    }
    return Optional.ofNullable(next);
  }

  private void refuseQueued() {
    refuseQueued(STOPPED);
  }

  private void refuseQueued(String reason) {
    for (Optional<Submission> next = nextQueued(); next.isPresent(); next = nextQueued()) {
      next.get().complete(new CommandAnswer.NotReady(reason));
    }
  }
}
