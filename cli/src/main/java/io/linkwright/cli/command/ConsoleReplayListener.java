package io.linkwright.cli.command;

import io.linkwright.cli.output.Progress;
import io.linkwright.cli.replay.ReplayListener;
import java.io.PrintWriter;

/** Shows how far a replay is, a bar or lines for each partition. Used by the replaying thread. */
final class ConsoleReplayListener implements ReplayListener {
  private final PrintWriter out;
  private Progress progress;

  ConsoleReplayListener(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void partition(int partition, long offsets) {
    progress =
        new Progress(out, Progress.styleOfConsole(), "partition %d".formatted(partition), offsets);
  }

  @Override
  public void read(long offsets) {
    progress.advance(offsets);
  }
}
