package io.linkwright.terminal.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a device or a name says cannot look like something else that was said. */
final class LogLinesTest {
  private static final String FORGED =
      "x\n2026-01-01 ERROR forged\r\u2028\u0085\u001b[2J\u202e\u200b";

  @Test
  void aLogLineIsOneLineWhateverItHolds() {
    String written = logged(log -> log.warn("edge failed error={}", FORGED));

    assertThat(written).hasLineCount(1).contains("x\\u000a2026-01-01 ERROR forged\\u000d\\u2028");
    assertThat(written).doesNotContain("\u001b", "\u202e", "\u200b", "\u0085");
  }

  @Test
  void messagesOfFailuresAreOneLineEach() {
    String written =
        logged(
            log ->
                log.warn(
                    "failed",
                    new IllegalStateException(FORGED, new IllegalArgumentException(FORGED))));

    assertThat(written.lines())
        .noneMatch(line -> line.startsWith("2026-01-01"))
        .anyMatch(line -> line.contains("IllegalStateException: x\\u000a2026"))
        .anyMatch(line -> line.startsWith("Caused by") && line.contains("x\\u000a2026"))
        .anyMatch(line -> line.startsWith("\tat "));
    assertThat(written).doesNotContain("\u001b", "\u202e");
  }

  /** As the product's own appenders write it, see {@code logback.xml}. */
  private static String logged(Consumer<Logger> work) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%-5level %msg%n%ex");
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(output);
    appender.start();
    Logger logger = context.getLogger("test.plain-text");
    logger.setAdditive(false);
    logger.addAppender(appender);
    work.accept(logger);
    logger.detachAndStopAllAppenders();
    return output.toString(StandardCharsets.UTF_8);
  }
}
