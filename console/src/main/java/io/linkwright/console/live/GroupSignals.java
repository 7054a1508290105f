package io.linkwright.console.live;

import io.linkwright.console.api.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals from a group's stream of changes. A virtual thread of its own reads the stream; what the
 * events say does not matter, since the page asks anew, so many of them make one signal.
 */
public final class GroupSignals implements Signals {
  private static final Logger LOG = LoggerFactory.getLogger(GroupSignals.class);

  private final InputStream stream;
  private final BlockingQueue<Signal> changed = new ArrayBlockingQueue<>(1);
  private volatile boolean lost;

  private GroupSignals(InputStream stream) {
    this.stream = stream;
  }

  /**
   * Listens from now on.
   *
   * @throws io.linkwright.console.api.ApiException if the stream is not to be had
   */
  public static GroupSignals open(ApiClient client, String group) {
    GroupSignals signals = new GroupSignals(client.changes(group));
    Thread.ofVirtual().name("console-signals-" + group).start(signals::read);
    return signals;
  }

  @Override
  public Signal await(Duration timeout) throws InterruptedException {
    if (lost) {
      return Signal.LOST;
    }
    Signal signal = changed.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (lost) {
      return Signal.LOST;
    }
    return signal == null ? Signal.QUIET : signal;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException alreadyGone) {
      LOG.debug("stream of changes was gone", alreadyGone);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          // Refused only if a signal waits already, which says the same.
          var _ = changed.offer(Signal.CHANGED);
        }
      }
    } catch (IOException broken) {
      LOG.debug("stream of changes broke", broken);
    } finally {
      lost = true;
      var _ = changed.offer(Signal.LOST);
    }
  }
}
