package io.linkwright.standalone.run;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a serving process in which a thread has died of an {@link Error}: out of memory, a class
 * that cannot be loaded, a bug that an assertion found. What such a thread was there for is not
 * done any more, and nobody would notice. Whoever starts the process starts it again; what was
 * acknowledged is on the log.
 */
public final class FatalErrors implements Thread.UncaughtExceptionHandler {
  /** What the process ends with. */
  public static final int EXIT_CODE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

  private final IntConsumer end;

  FatalErrors(IntConsumer end) {
    this.end = end;
  }

  /**
   * From now on, for every thread. The launcher also has the JVM end at the first OutOfMemoryError,
   * wherever it is caught.
   */
  public static void endTheProcess() {
    // Without shutdown hooks: they need memory, and wait for threads that may be gone.
    Thread.setDefaultUncaughtExceptionHandler(new FatalErrors(Runtime.getRuntime()::halt));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    if (thrown instanceof Error) {
      try {
        LOG.error("process ends, a thread has died thread={}", thread.getName(), thrown);
      } finally {
        end.accept(EXIT_CODE);
      }
    } else {
      LOG.error("thread has died thread={}", thread.getName(), thrown);
    }
  }
}
