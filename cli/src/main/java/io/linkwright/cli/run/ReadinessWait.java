package io.linkwright.cli.run;

import io.linkwright.http.HttpModule;
import io.linkwright.http.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until all that was started can serve. */
final class ReadinessWait {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(10);

  private ReadinessWait() {}

  /**
   * Returns when every module is ready.
   *
   * @throws IllegalStateException after 60 s, naming those that are not and why
   */
  static void await(List<HttpModule> modules) {
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
    String waitingFor = unready(modules);
    while (!waitingFor.isEmpty()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "not ready after %d s: %s".formatted(TIMEOUT.toSeconds(), waitingFor));
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while starting", interrupted);
      }
      waitingFor = unready(modules);
    }
  }

  private static String unready(List<HttpModule> modules) {
    return modules.stream()
        .filter(module -> module.readiness() instanceof Readiness.NotReady)
        .map(module -> module.name() + ": " + module.readiness())
        .collect(Collectors.joining(", "));
  }
}
