package io.linkwright.terminal.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Keeps the log of Kafka's clients and broker to what asks for attention. Each kind of line, a kind
 * being a logger and its text without the numbers, comes a few times a minute and is counted from
 * then on, so a fault is never hidden and never floods: a broker that is down is worth a line, and
 * not ten a second. One kind is left out altogether, see {@link #BETWEEN_TRANSACTIONS}.
 * Thread-safe.
 */
public final class KafkaNoise extends TurboFilter {
  /** Lines of one kind in a {@link #WINDOW}; what is more is counted. */
  static final int MAX_LINES = 3;

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Kinds that are remembered; more than this, and counting begins anew. */
  static final int MAX_KINDS = 500;

  /**
   * A transaction that follows closely on another finds the marks of that one still being written.
   * The producer comes again a moment later, as it must (KIP-98): no fault, and hundreds an hour.
   */
  private static final String BETWEEN_TRANSACTIONS = "CONCURRENT_TRANSACTIONS";

  private static final String SENDER = "org.apache.kafka.clients.producer.internals.Sender";
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final String KAFKA = "org.apache.kafka.";
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(KafkaNoise.class);

  private record Kind(long startNanos, int lines, int leftOut) {
    Kind next() {
      return lines < MAX_LINES
          ? new Kind(startNanos, lines + 1, 0)
          : new Kind(startNanos, lines, leftOut + 1);
    }
  }

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  /** For {@code logback.xml}. */
  public KafkaNoise() {
    this(System::nanoTime);
  }

  KafkaNoise(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable thrown) {
    if (level.levelInt < Level.WARN_INT
        || format == null
        || !logger.getName().startsWith(KAFKA)
        || logger.getEffectiveLevel().levelInt > level.levelInt) {
      return FilterReply.NEUTRAL;
    }
    // Kafka's clients fill their texts in before they hand them on; its broker does not.
    String text = MessageFormatter.basicArrayFormat(format, parameters);
    if (SENDER.equals(logger.getName()) && text.endsWith(BETWEEN_TRANSACTIONS)) {
      return FilterReply.DENY;
    }
    return isOneTooMany(logger.getName() + ' ' + level + ' ' + kind(text))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  /** Every client writes {@code [Consumer clientId=…, groupId=…]} in front of what it says. */
  private static String kind(String text) {
    int end = text.startsWith("[") ? text.indexOf("] ") : -1;
    return NUMBER.matcher(end < 0 ? text : text.substring(end + 2)).replaceAll("#");
  }

  private boolean isOneTooMany(String kind) {
    long now = nanoTime.getAsLong();
    if (kinds.size() >= MAX_KINDS) {
      kinds.clear();
    }
    Kind[] over = new Kind[1];
    Kind counted =
        kinds.compute(
            kind,
            (_, known) -> {
              if (known == null) {
                return new Kind(now, 1, 0);
              }
              if (now - known.startNanos() < WINDOW.toNanos()) {
                return known.next();
              }
              over[0] = known;
              return new Kind(now, 1, 0);
            });
    if (over[0] != null && over[0].leftOut() > 0) {
      LOG.info("lines left out count={} like={}", over[0].leftOut(), kind);
    }
    return counted.leftOut() > 0;
  }
}
