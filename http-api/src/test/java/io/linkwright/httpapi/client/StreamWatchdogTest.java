package io.linkwright.httpapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamWatchdogTest {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final InputStream stream =
      new ByteArrayInputStream(new byte[0]) {
        @Override
        public void close() {
          closed.countDown();
        }
      };

  @Test
  void aStreamOnWhichNothingComesIsClosed() throws Exception {
    try (StreamWatchdog watchdog = new StreamWatchdog(stream, Duration.ofMillis(20))) {
      watchdog.heard();

      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void oneThatHasEndedIsLeftAlone() throws Exception {
    new StreamWatchdog(stream, Duration.ofMillis(200)).close();

    assertThat(closed.await(400, TimeUnit.MILLISECONDS)).isFalse();
  }
}
