package io.linkwright.terminal.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.linkwright.domain.text.PlainText;

/** {@code %msg} of every log: one line, whatever the values in it hold. See {@code logback.xml}. */
public final class LogMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return PlainText.escaped(super.convert(event));
  }
}
