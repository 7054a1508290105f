package io.linkwright.cli.command;

import io.linkwright.cli.sending.SendingListener;
import io.linkwright.terminal.output.Progress;
import java.io.PrintWriter;

/** Shows how far a plan is on the console. Called from the sending threads. */
final class ConsoleSendingListener implements SendingListener {
  private final PrintWriter out;
  private final String prefix;
  private volatile Progress members;
  private volatile Progress links;

  /**
   * Writes to {@code out}.
   *
   * @param prefix stands before what is counted, as the name of one group among several
   */
  ConsoleSendingListener(PrintWriter out, String prefix) {
    this.out = out;
    this.prefix = prefix;
    planned(0, 0);
  }

  @Override
  public void planned(int memberCount, int linkCount) {
    Progress.Style style = Progress.styleOfConsole();
    members = new Progress(out, style, prefix + "members", memberCount);
    links = new Progress(out, style, prefix + "links", linkCount);
  }

  @Override
  public void inParts(String why) {
    out.println(
        prefix
            + "goes in several requests (%s): should it end early, apply it again".formatted(why));
    out.flush();
  }

  @Override
  public void memberDone() {
    members.advance(1);
  }

  @Override
  public void linksDone(int count) {
    links.advance(count);
  }
}
