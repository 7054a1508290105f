package io.linkwright.pusher.feed;

import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.pulse.LogLimit;
import io.linkwright.pusher.pulse.StoppableThread;
import io.linkwright.pusher.store.ConfigRecord;
import io.linkwright.pusher.store.ConfigStore;
import io.linkwright.pusher.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store in step with {@code linkwright.edge-config} and tells a listener of every record.
 * One thread does both, so a record is in the store before anybody hears of it. When Kafka or the
 * disk fails it starts over after a while; the store stays usable meanwhile.
 */
public final class ConfigFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigFeed.class);

  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration MAX_RETRY = Duration.ofSeconds(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** How often it is noted that the store is current. */
  private static final Duration CURRENCY_INTERVAL = Duration.ofMinutes(1);

  /** How often it is asked where the topic ends. */
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(2);

  /** Connections that may wait for a checkpoint. */
  private static final int MAX_WAITERS = 10_000;

  private final FeedClients clients;
  private final ConfigStore store;
  private final RecordReader records;
  private final FeedListener listener;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Runnable> waiters = new LinkedBlockingQueue<>(MAX_WAITERS);
  private final LogLimit complaints = new LogLimit();

  /** Owned by the thread. */
  private final Doubt doubt = new Doubt(System.nanoTime());

  private final StoppableThread thread;

  private volatile FeedState state = new FeedState.Restoring(0);

  private ConfigFeed(
      FeedClients clients,
      ConfigStore store,
      Deserializer<EdgeConfiguration> deserializer,
      FeedListener listener,
      PusherMetrics metrics,
      InstantSource clock) {
    this.clients = clients;
    this.store = store;
    this.records = new RecordReader(deserializer, metrics);
    this.listener = listener;
    this.clock = clock;
    this.thread = new StoppableThread("pusher-feed", STOP_TIMEOUT, this::run);
  }

  /** Starts reading; the store belongs to the feed for writing until it is closed. */
  public static ConfigFeed start(
      FeedClients clients,
      ConfigStore store,
      Deserializer<EdgeConfiguration> deserializer,
      FeedListener listener,
      PusherMetrics metrics,
      InstantSource clock) {
    ConfigFeed feed = new ConfigFeed(clients, store, deserializer, listener, metrics, clock);
    feed.thread.start();
    return feed;
  }

  /** How far the store can be trusted. */
  public FeedState state() {
    return state;
  }

  /**
   * Runs this on the feed's thread once the store holds everything that was committed before this
   * call.
   *
   * @return false if too many wait for that already
   */
  public boolean whenCaughtUp(Runnable then) {
    return waiters.offer(then);
  }

  private void run() {
    Duration delay = FIRST_RETRY;
    while (!thread.isStopping()) {
      try {
        follow();
        delay = FIRST_RETRY;
      } catch (OutdatedStoreException | InvalidOffsetException outdated) {
        LOG.info("store is read anew reason={}", outdated.getMessage());
        try {
          startAnew();
        } catch (StoreFailure failed) {
          delay = failed(failed, delay);
          reopen();
        }
      } catch (StoreFailure failed) {
        delay = failed(failed, delay);
        reopen();
      } catch (RuntimeException failed) {
        // Whatever it is: a feed that ends for good would leave every edge behind unnoticed.
        delay = failed(failed, delay);
      }
    }
  }

  /** Waits; answers how long to wait the next time. */
  private Duration failed(RuntimeException failure, Duration delay) {
    complaints
        .next()
        .ifPresent(
            leftOut ->
                LOG.warn(
                    "feed waits retry_ms={} not_logged={}", delay.toMillis(), leftOut, failure));
    boolean sentAway = doubt.isOver();
    state = new FeedState.Failing(failure.toString());
    doubt.failed(System.nanoTime());
    thread.isStoppingWithin(delay);
    doubt.failed(System.nanoTime());
    if (doubt.isOver() && !sentAway) {
      LOG.warn("feed fails, edges are sent away after_s={}", Doubt.LIMIT.toSeconds());
      listener.doubtful();
    }
    Duration longer = delay.multipliedBy(2);
    return longer.compareTo(MAX_RETRY) < 0 ? longer : MAX_RETRY;
  }

  /**
   * A full disk has room again, or has not; a damaged store is replaced. The store may be behind
   * what edges were told, so they come again when it has caught up.
   */
  private void reopen() {
    listener.outdated();
    try {
      store.reopen();
    } catch (StoreFailure still) {
      state = new FeedState.Failing(still.toString());
    }
  }

  private void startAnew() {
    state = new FeedState.Restoring(0);
    listener.outdated();
    store.clear();
  }

  /** Reads until told to stop or something fails. */
  private void follow() {
    try (Admin admin = clients.admin();
        Consumer<byte[], byte[]> consumer = clients.consumer()) {
      TopicReader reader =
          new TopicReader(consumer, ConfigTopic.describe(admin), store, records, clock);
      reader.begin();
      Checkpoint start = reader.checkpoint();
      while (reader.behind(start) > 0) {
        if (thread.isStopping()) {
          return;
        }
        state = new FeedState.Restoring(reader.behind(start));
        hear(reader.next());
      }
      reader.reached(start);
      state = new FeedState.Live();
      LOG.info("feed is live");
      followLive(admin, reader, start);
    }
  }

  /**
   * Asks again and again where the topic ends, and reads on. A question that fails or is not
   * answered stops nothing: the partitions that can be read are read.
   */
  private void followLive(Admin admin, TopicReader reader, Checkpoint start) {
    Instant current = start.takenAt();
    long notedAt = System.nanoTime();
    long askedAt = System.nanoTime();
    doubt.proved(askedAt);
    Optional<EndProbe> probe = Optional.empty();
    Optional<Checkpoint> checkpoint = Optional.empty();
    long behind = Long.MAX_VALUE;
    List<Runnable> waiting = new ArrayList<>();
    while (!thread.isStopping()) {
      store.requireSound();
      hear(reader.next());
      long now = System.nanoTime();
      doubt.look(now);
      if (probe.isEmpty()
          && checkpoint.isEmpty()
          && (!waiters.isEmpty() || now - askedAt >= PROBE_INTERVAL.toNanos())) {
        reader.requireCurrentEnough(current);
        waiters.drainTo(waiting);
        probe = Optional.of(reader.ask(admin));
        askedAt = now;
        behind = Long.MAX_VALUE;
      }
      if (checkpoint.isEmpty()) {
        checkpoint = answer(probe);
      }
      if (checkpoint.isPresent()) {
        probe = Optional.empty();
        long left = reader.behind(checkpoint.get());
        if (left < behind) {
          behind = left;
          doubt.proved(now);
        }
        if (left == 0) {
          current = checkpoint.get().takenAt();
          if (now - notedAt >= CURRENCY_INTERVAL.toNanos()) {
            reader.reached(checkpoint.get());
            notedAt = now;
          }
          waiting.forEach(Runnable::run);
          waiting.clear();
          checkpoint = Optional.empty();
        }
      } else if (probe.filter(EndProbe::hasFailed).isPresent()) {
        probe = Optional.empty();
      }
      tellDoubt();
    }
  }

  private Optional<Checkpoint> answer(Optional<EndProbe> probe) {
    try {
      return probe.flatMap(EndProbe::answer);
    } catch (KafkaException failed) {
      complaints
          .next()
          .ifPresent(
              leftOut ->
                  LOG.warn(
                      "end of edge-config is not known not_logged={} reason={}",
                      leftOut,
                      failed.toString()));
      return Optional.empty();
    }
  }

  /** A pusher that may have missed something keeps no edge: another one may be well. */
  private void tellDoubt() {
    if (!doubt.isOver()) {
      state = new FeedState.Live();
    } else if (state instanceof FeedState.Live) {
      state =
          new FeedState.Failing(
              "Kafka has not confirmed for %d s that nothing was missed"
                  .formatted(Doubt.LIMIT.toSeconds()));
      LOG.warn("feed is in doubt, edges are sent away after_s={}", Doubt.LIMIT.toSeconds());
      listener.doubtful();
    }
  }

  private void hear(List<ConfigRecord> stored) {
    if (!stored.isEmpty()) {
      listener.changed(stored, state instanceof FeedState.Live);
    }
  }

  /** Whether the thread behind it runs and gets on. */
  public Liveness liveness() {
    return thread.liveness();
  }

  /** Stops reading; gives up waiting after 10 s. The store may be closed after that. */
  @Override
  public void close() {
    thread.close();
  }
}
