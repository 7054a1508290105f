package io.linkwright.pusher.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusOutboxTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final GroupId GROUP = new GroupId("abilene");
  private static final Instant CONNECTED_AT = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryWriter writer = new MemoryWriter();
  private final StatusOutbox outbox = StatusOutbox.start(writer);

  @AfterEach
  void stop() {
    outbox.close();
  }

  @Test
  void writesTheLatestOfManyReports() throws Exception {
    for (int revision = 1; revision <= 10_000; revision++) {
      outbox.report(status("denver", revision, true, CONNECTED_AT));
      outbox.report(status("seattle", revision, true, CONNECTED_AT));
    }

    await(() -> writer.latest("denver") == 10_000 && writer.latest("seattle") == 10_000);
    assertThat(writer.written).hasSizeLessThan(1_000);
  }

  @Test
  void leavesTimeBetweenTheRecordsOfAnEdge() throws Exception {
    long until = System.nanoTime() + Duration.ofMillis(500).toNanos();
    long revision = 0;
    while (System.nanoTime() < until) {
      outbox.report(status("denver", ++revision, true, CONNECTED_AT));
    }

    long last = revision;
    await(() -> writer.latest("denver") == last);
    // One in 50 ms, with some room for a machine that stops for a while.
    assertThat(writer.written).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void writesAgainWhatDidNotGetThrough() throws Exception {
    writer.failures.set(3);

    outbox.report(status("denver", 1, true, CONNECTED_AT));

    await(() -> writer.latest("denver") == 1);
    assertThat(writer.failures).hasValue(0);
  }

  @Test
  void ignoresTheLastWordOfAnOlderConnection() throws Exception {
    // The clock was set back between the two: it makes no difference.
    outbox.report(status("denver", 2, true, CONNECTED_AT).opening());
    outbox.report(status("denver", 1, false, CONNECTED_AT.plusSeconds(1)));

    await(() -> writer.latest("denver") == 2);
    assertThat(writer.written).extracting(EdgeStatus::connected).containsOnly(true);
  }

  @Test
  void opensAConnectionWithTheFirstRecordThatIsWritten() throws Exception {
    writer.failures.set(2);

    outbox.report(status("denver", 1, true, CONNECTED_AT).opening());
    outbox.report(status("denver", 2, true, CONNECTED_AT));
    await(() -> writer.latest("denver") == 2);
    outbox.report(status("denver", 3, true, CONNECTED_AT));

    await(() -> writer.latest("denver") == 3);
    assertThat(writer.written).extracting(EdgeStatus::opens).startsWith(true).endsWith(false);
  }

  @Test
  void opensAgainAConnectionThatIsNotSeenAsTheCurrentOne() throws Exception {
    outbox.report(status("denver", 1, true, CONNECTED_AT).opening());
    outbox.report(status("denver", 2, true, CONNECTED_AT));
    await(() -> writer.latest("denver") == 2);

    outbox.openAgain(GROUP, new EdgeId("denver"), "connection-" + CONNECTED_AT);
    outbox.openAgain(GROUP, new EdgeId("denver"), "another");

    await(
        () ->
            writer.written.stream()
                .anyMatch(status -> status.acknowledgedRevision() == 2 && status.opens()));
  }

  @Test
  void triesOneRecordAtATimeWhileTheTopicTakesNothing() throws Exception {
    writer.refuses = true;
    for (int i = 0; i < 1_000; i++) {
      outbox.report(status("edge-" + i, 1, true, CONNECTED_AT));
    }

    await(() -> writer.attempts.get() > 0);
    assertThat(writer.attempts).hasValueLessThan(10);
    writer.refuses = false;

    await(() -> writer.written.size() == 1_000);
  }

  @Test
  void writesWhatIsLeftWhenItStops() {
    outbox.report(status("denver", 1, true, CONNECTED_AT));
    outbox.report(status("denver", 1, false, CONNECTED_AT));

    outbox.close();

    assertThat(writer.written.peek().connected()).isFalse();
    assertThat(writer.closed).isTrue();
  }

  private static EdgeStatus status(
      String edge, long revision, boolean connected, Instant connectedAt) {
    return new EdgeStatus(
        GROUP,
        new EdgeId(edge),
        "connection-" + connectedAt,
        connectedAt,
        connected,
        revision,
        Optional.empty(),
        List.of(),
        connectedAt);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  private static final class MemoryWriter implements StatusWriter {
    private final ConcurrentLinkedQueue<EdgeStatus> written = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean refuses;
    private volatile boolean closed;

    @Override
    public void write(EdgeStatus status, Consumer<Optional<Exception>> done) {
      attempts.incrementAndGet();
      if (refuses) {
        throw new TimeoutException("no metadata");
      }
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        done.accept(Optional.of(new TimeoutException("no answer")));
        return;
      }
      written.add(status);
      done.accept(Optional.empty());
    }

    @Override
    public void close() {
      closed = true;
    }

    long latest(String edge) {
      return written.stream()
          .filter(status -> status.edge().value().equals(edge))
          .mapToLong(EdgeStatus::acknowledgedRevision)
          .reduce(0, (_, last) -> last);
    }
  }
}
