package io.linkwright.terminal.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.linkwright.domain.text.PlainText;
import java.util.Arrays;

/** {@code %ex} of every log: messages of failures are one line each. See {@code logback.xml}. */
public final class LogFailure extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy failure) {
    return PlainText.escapedLines(super.throwableProxyToString(new OneLine(failure)));
  }

  /** A failure and its causes, with their messages escaped. */
  private record OneLine(IThrowableProxy failure) implements IThrowableProxy {
    @Override
    public String getMessage() {
      String message = failure.getMessage();
      return message == null ? null : PlainText.escaped(message);
    }

    @Override
    public String getOverridingMessage() {
      String message = failure.getOverridingMessage();
      return message == null ? null : PlainText.escaped(message);
    }

    @Override
    public String getClassName() {
      return failure.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return failure.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return failure.getCommonFrames();
    }

    @Override
    public IThrowableProxy getCause() {
      return failure.getCause() == null ? null : new OneLine(failure.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
      return Arrays.stream(failure.getSuppressed())
          .map(OneLine::new)
          .toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
      return failure.isCyclic();
    }
  }
}
