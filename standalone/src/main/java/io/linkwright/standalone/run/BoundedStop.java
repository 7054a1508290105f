package io.linkwright.standalone.run;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a part so that neither its failure nor its silence keeps the next one from being stopped.
 */
public final class BoundedStop {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedStop.class);

  private BoundedStop() {}

  /** Returns when it has stopped, has failed to, or the limit is over; the last two are logged. */
  public static void of(String name, AutoCloseable part, Duration limit) {
    Thread stopping =
        Thread.ofPlatform().daemon().name("stop-" + name).start(() -> stop(name, part));
    try {
      if (!stopping.join(limit)) {
        LOG.warn("part did not stop in time part={} limit_s={}", name, limit.toSeconds());
      }
    } catch (InterruptedException told) {
      // Told a second time to stop: what is left has to be stopped all the same.
      LOG.warn("part is not waited for part={}", name);
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(String name, AutoCloseable part) {
    try {
      part.close();
    } catch (Throwable failed) { // An Error in one part is no reason to leave the broker running.
      LOG.error("part did not stop part={}", name, failed);
    }
  }
}
