package io.linkwright.standalone.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/**
 * The log of a service: on the error stream, for whatever collects logs. Commands for people show
 * warnings only, see {@code logback.xml}.
 */
final class ServiceLog {
  private static final String PATTERN = "%d{ISO8601} %-5level [%thread] %logger{36} %msg%n%ex";

  private ServiceLog() {}

  /** Shows our own news, and the warnings of libraries. */
  static void writeToConsole() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();

    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("SERVICE");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();

    replaceAppenders(context.getLogger(Logger.ROOT_LOGGER_NAME), Level.WARN, appender);
    replaceAppenders(context.getLogger("io.linkwright"), Level.INFO, appender);
  }

  private static void replaceAppenders(
      Logger logger, Level level, ConsoleAppender<ILoggingEvent> appender) {
    logger.detachAndStopAllAppenders();
    logger.setLevel(level);
    logger.addAppender(appender);
  }
}
