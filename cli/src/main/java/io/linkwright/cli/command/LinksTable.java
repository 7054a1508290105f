package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.terminal.output.Table;

/** The links of a group as a table: a line a link, a column a tunnel. */
public final class LinksTable {
  private LinksTable() {}

  /** The links of a page. */
  public static Table of(LinkPage page) {
    Table table =
        new Table(
            left("EDGE A"), left("EDGE B"), left("PRIMARY"), left("SECONDARY"), left("BY HAND"));
    for (LinkAnswer link : page.items()) {
      table.row(
          link.name().edgeA(),
          link.name().edgeB(),
          tunnel(link, 0),
          tunnel(link, 1),
          link.removable() ? "yes" : "no");
    }
    return table;
  }

  private static String tunnel(LinkAnswer link, int index) {
    return link.tunnels().stream()
        .filter(tunnel -> tunnel.index() == index)
        .map(tunnel -> "%s %s".formatted(tunnel.interfaceName(), tunnel.statusText()))
        .findFirst()
        .orElse("-");
  }
}
