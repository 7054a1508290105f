package io.linkwright.cli.command;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright links GROUP}. */
@Command(name = "links", description = "List a group's links and the state of their tunnels.")
final class LinksCommand implements Callable<Integer> {
  @Option(names = "--edge", paramLabel = "EDGE", description = "Only the links of this member")
  private Optional<EdgeId> edge;

  @Mixin private GroupSubject group;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    ApiQuery links = ApiQuery.of(group.at(ApiPaths.LINKS));
    String asked = edge.map(one -> links.with(ApiQuery.EDGE, one)).orElse(links).toString();
    view.show(
        server,
        output,
        ViewOptions.View.tableOfGroup(
            group.id(),
            api -> Pages.all(api, asked, LinkPage.ITEMS, LinkPage.class),
            LinksTable::of));
    return 0;
  }
}
