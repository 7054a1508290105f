package io.linkwright.cli.command;

import io.linkwright.cli.importing.ImportListener;
import io.linkwright.cli.output.Progress;
import java.io.PrintWriter;

/** Shows an import's progress on the console. Called from the importing threads. */
final class ConsoleImportListener implements ImportListener {
  private final PrintWriter out;
  private volatile Progress members;
  private volatile Progress links;

  ConsoleImportListener(PrintWriter out) {
    this.out = out;
    planned(0, 0);
  }

  @Override
  public void planned(int memberCount, int linkCount) {
    Progress.Style style = Progress.styleOfConsole();
    members = new Progress(out, style, "members", memberCount);
    links = new Progress(out, style, "links", linkCount);
  }

  @Override
  public void memberAdded() {
    members.advance(1);
  }

  @Override
  public void linksAdded(int count) {
    links.advance(count);
  }
}
