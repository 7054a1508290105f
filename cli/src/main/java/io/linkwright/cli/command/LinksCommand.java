package io.linkwright.cli.command;

import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.client.Pages;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linkwright links GROUP}. */
@Command(name = "links", description = "List a group's links and the state of their tunnels.")
final class LinksCommand implements Callable<Integer> {
  @Parameters(paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  @Option(names = "--edge", paramLabel = "EDGE", description = "Only the links of this member")
  private Optional<EdgeId> edge;

  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    String path =
        "/v1/groups/%s/links".formatted(group) + edge.map(one -> "?edge=" + one).orElse("");
    try (LinkwrightApi api = server.open()) {
      output.write(Pages.all(api, path, "links"), LinksTable::of);
    }
    return 0;
  }
}
