package io.linkwright.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs a part's own work until the JIT compiler has little left to do with it. On two cores a
 * compiler at work takes the better half of the machine, and what is measured then is the compiler.
 * Used by one thread.
 */
final class WarmUp {
  /** Each slice is timed by itself. */
  private static final Duration MAX_SLICE = Duration.ofSeconds(3);

  /** A compiler that takes less than this of one core no longer matters. */
  private static final double SETTLED = 0.15;

  private final Duration limit;
  private final PrintWriter progress;
  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

  /**
   * @param limit warm-up ends after this even if the compiler is still busy
   */
  WarmUp(Duration limit, PrintWriter progress) {
    this.limit = limit;
    this.progress = progress;
  }

  /** Work that takes as long as it is told. */
  interface Slice {
    void run(Duration duration) throws IOException, InterruptedException;
  }

  /** Runs slices until the compiler has settled or the limit is reached, and says which. */
  void run(Slice slice) throws IOException, InterruptedException {
    Duration duration = limit.compareTo(MAX_SLICE) < 0 ? limit : MAX_SLICE;
    long startNanos = System.nanoTime();
    double share;
    do {
      long sliceNanos = System.nanoTime();
      long compiledMs = compiler.getTotalCompilationTime();
      slice.run(duration);
      compiledMs = compiler.getTotalCompilationTime() - compiledMs;
      share = compiledMs * 1e6 / (System.nanoTime() - sliceNanos);
    } while (share > SETTLED && System.nanoTime() - startNanos < limit.toNanos());
    progress.println(
        "bench:   warmed up for %d s; the JIT compiler takes %.0f %% of a core"
            .formatted((System.nanoTime() - startNanos) / 1_000_000_000, share * 100));
    progress.flush();
  }
}
