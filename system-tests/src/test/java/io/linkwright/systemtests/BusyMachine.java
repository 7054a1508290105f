package io.linkwright.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes every core of this machine several times over, at the priority of everything else here. */
final class BusyMachine implements AutoCloseable {
  private static final int PER_CORE = 8;

  private final List<Process> loops = new ArrayList<>();

  private BusyMachine() {}

  /** They end by themselves after the limit, whatever becomes of this JVM. */
  static BusyMachine start(Duration limit) {
    BusyMachine busy = new BusyMachine();
    int loops = PER_CORE * Runtime.getRuntime().availableProcessors();
    try {
      for (int loop = 0; loop < loops; loop++) {
        busy.loops.add(
            new ProcessBuilder(
                    "timeout", Long.toString(limit.toSeconds()), "sh", "-c", "while :; do :; done")
                .start());
      }
      return busy;
    } catch (IOException failed) {
      busy.close();
      throw new UncheckedIOException(failed);
    }
  }

  /** {@code timeout} hands SIGTERM on to its loop. */
  @Override
  public void close() {
    loops.forEach(Process::destroy);
  }
}
