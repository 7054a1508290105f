package io.linkwright.pusher.feed;

import io.linkwright.domain.EdgeConfiguration;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.pulse.StoppableThread;
import io.linkwright.pusher.store.ConfigRecord;
import io.linkwright.pusher.store.ConfigStore;
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
import org.apache.kafka.common.errors.RetriableException;
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

  /** Connections that may wait for a checkpoint. */
  private static final int MAX_WAITERS = 10_000;

  private final FeedClients clients;
  private final ConfigStore store;
  private final RecordReader records;
  private final FeedListener listener;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Runnable> waiters = new LinkedBlockingQueue<>(MAX_WAITERS);
  private final StoppableThread thread;

  private volatile FeedState state = new FeedState.Restoring(0);

  private ConfigFeed(
      FeedClients clients,
      ConfigStore store,
      Deserializer<EdgeConfiguration> deserializer,
      FeedListener listener,
      InstantSource clock) {
    this.clients = clients;
    this.store = store;
    this.records = new RecordReader(deserializer);
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
      InstantSource clock) {
    ConfigFeed feed = new ConfigFeed(clients, store, deserializer, listener, clock);
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
        startAnew();
      } catch (RetriableException unavailable) {
        LOG.warn("feed waits retry_ms={} reason={}", delay.toMillis(), unavailable.toString());
        delay = failed(unavailable, delay);
      } catch (RuntimeException failed) {
        // Whatever it is: a feed that ends for good would leave every edge behind unnoticed.
        LOG.error("feed failed retry_ms={}", delay.toMillis(), failed);
        delay = failed(failed, delay);
      }
    }
  }

  /** Waits; answers how long to wait the next time. */
  private Duration failed(RuntimeException failure, Duration delay) {
    state = new FeedState.Failing(failure.toString());
    thread.isStoppingWithin(delay);
    Duration longer = delay.multipliedBy(2);
    return longer.compareTo(MAX_RETRY) < 0 ? longer : MAX_RETRY;
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
      followLive(reader, start);
    }
  }

  private void followLive(TopicReader reader, Checkpoint start) {
    Instant current = start.takenAt();
    Optional<Checkpoint> checkpoint = Optional.empty();
    List<Runnable> waiting = new ArrayList<>();
    while (!thread.isStopping()) {
      hear(reader.next());
      if (checkpoint.isEmpty() && isCheckpointDue(current)) {
        reader.requireCurrentEnough(current);
        waiters.drainTo(waiting);
        checkpoint = Optional.of(reader.checkpoint());
      }
      if (checkpoint.isPresent() && reader.behind(checkpoint.get()) == 0) {
        current = checkpoint.get().takenAt();
        reader.reached(checkpoint.get());
        waiting.forEach(Runnable::run);
        waiting.clear();
        checkpoint = Optional.empty();
      }
    }
  }

  private boolean isCheckpointDue(Instant current) {
    return !waiters.isEmpty()
        || Duration.between(current, clock.instant()).compareTo(CURRENCY_INTERVAL) >= 0;
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
