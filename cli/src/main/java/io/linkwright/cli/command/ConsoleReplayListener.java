package io.linkwright.cli.command;

import io.linkwright.cli.replay.ReplayListener;
import io.linkwright.terminal.output.Progress;
import java.io.PrintWriter;

/** Shows how far a replay is, a bar or lines for each partition. Used by the replaying thread. */
final class ConsoleReplayListener implements ReplayListener {
  private final PrintWriter out;
  private final String topic;
  private Progress progress;

  /** Of the log. */
  ConsoleReplayListener(PrintWriter out) {
    this(out, "");
  }

  /**
   * Of another topic.
   *
   * @param topic said before the partition
   */
  ConsoleReplayListener(PrintWriter out, String topic) {
    this.out = out;
    this.topic = topic;
  }

  @Override
  public void partition(int partition, long offsets) {
    String what = "%s partition %d".formatted(topic, partition).strip();
    progress = new Progress(out, Progress.styleOfConsole(), what, offsets);
  }

  @Override
  public void read(long offsets) {
    progress.advance(offsets);
  }
}
