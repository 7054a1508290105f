package io.linkwright.standalone.run;

import io.linkwright.http.HttpModule;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Waits until all that was started can serve. As long as what the modules say of themselves
 * changes, the start makes progress, and on a slow machine or after a crash it may take as long as
 * it takes.
 */
final class ReadinessWait {
  /** The same words for this long: nothing moves any more. */
  static final Duration STUCK_AFTER = Duration.ofMinutes(10);

  private static final Duration POLL = Duration.ofMillis(10);

  private final List<HttpModule> modules;
  private final Duration stuckAfter;

  ReadinessWait(List<HttpModule> modules, Duration stuckAfter) {
    this.modules = modules;
    this.stuckAfter = stuckAfter;
  }

  /**
   * Returns when every module is ready.
   *
   * @throws IllegalStateException if nothing moves any more or a module is dead, with what it said
   */
  void await() {
    String waitingFor = unready();
    long movedNanos = System.nanoTime();
    while (!waitingFor.isEmpty()) {
      requireAlive();
      if (System.nanoTime() - movedNanos > stuckAfter.toNanos()) {
        throw new IllegalStateException(
            "nothing has moved for %d s: %s".formatted(stuckAfter.toSeconds(), waitingFor));
      }
      pause();
      String now = unready();
      if (!now.equals(waitingFor)) {
        waitingFor = now;
        movedNanos = System.nanoTime();
      }
    }
  }

  /** Who is not ready and why; empty if all are. */
  String unready() {
    return modules.stream()
        .filter(module -> module.readiness() instanceof Readiness.NotReady)
        .map(module -> module.name() + ": " + reason(module))
        .collect(Collectors.joining(", "));
  }

  /** It may have become ready since it was asked. */
  private static String reason(HttpModule module) {
    return module.readiness() instanceof Readiness.NotReady(String reason) ? reason : "ready";
  }

  private void requireAlive() {
    for (HttpModule module : modules) {
      if (module.liveness() instanceof Liveness.Dead(String reason)) {
        throw new IllegalStateException(module.name() + ": " + reason);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", interrupted);
    }
  }
}
