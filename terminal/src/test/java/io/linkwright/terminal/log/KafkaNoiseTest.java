package io.linkwright.terminal.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KafkaNoiseTest {
  private static final String DOWN =
      "[Producer clientId=%s] Connection to node {} ({}) could not be established.";

  private final AtomicLong nanoTime = new AtomicLong();
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.setContext(context);
    lines.start();
    context.addTurboFilter(new KafkaNoise(nanoTime::get));
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
  }

  private List<String> written() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aProducerThatComesAgainBetweenTransactionsIsNoNews() {
    Logger sender = context.getLogger("org.apache.kafka.clients.producer.internals.Sender");

    sender.warn(
        "Got error produce response on {}, retrying. Error: {}", 1, "CONCURRENT_TRANSACTIONS");
    sender.warn(
        "Got error produce response on {}, retrying. Error: {}", 1, Errors.CONCURRENT_TRANSACTIONS);
    sender.warn(
        "[Producer clientId=a] Got error produce response with correlation id 1, retrying. Error:"
            + " CONCURRENT_TRANSACTIONS");
    sender.warn("Got error produce response, retrying. Error: {}", Errors.CONCURRENT_TRANSACTIONS);
    sender.warn("Got error produce response, retrying. Error: {}", Errors.NOT_LEADER_OR_FOLLOWER);

    assertThat(written())
        .containsExactly("Got error produce response, retrying. Error: NOT_LEADER_OR_FOLLOWER");
  }

  @Test
  void aBrokerThatIsDownIsSaidAFewTimesAMinuteByAllClientsTogether() {
    Logger network = context.getLogger("org.apache.kafka.clients.NetworkClient");

    for (int second = 0; second < 120; second++) {
      nanoTime.set(second * 1_000_000_000L);
      for (String client : List.of("a", "b", "c")) {
        network.warn(DOWN.formatted(client), second, "kafka-1:9092");
        // As LogContext hands it on: filled in.
        network.warn(
            "[Producer clientId=%s] Connection to node %d (kafka-1:9092) could not be established."
                .formatted(client, second));
      }
    }

    assertThat(written()).hasSize(2 * KafkaNoise.MAX_LINES);
  }

  @Test
  void anotherFaultOfTheSameClassIsNotHidden() {
    Logger network = context.getLogger("org.apache.kafka.clients.NetworkClient");
    for (int line = 0; line < 100; line++) {
      network.warn(DOWN.formatted("a"), 1, "kafka-1:9092");
    }

    network.error("[Producer clientId=a] Topic authorization failed for topics {}", "events");

    assertThat(written())
        .endsWith("[Producer clientId=a] Topic authorization failed for topics events");
  }

  @Test
  void whatOursHaveToSayIsWrittenEachTime() {
    Logger own = context.getLogger("io.linkwright.pusher.feed.ConfigFeed");

    for (int line = 0; line < 10; line++) {
      own.warn("feed waits retry_ms={}", line);
    }

    assertThat(lines.list).hasSize(10);
  }
}
