package io.linkwright.systemtests;

import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services on the Kafka of an all-in-one run share its groups with it. */
@Tag("broker")
final class BesideUpTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Enough for every partition to have some. */
  private static final List<String> GROUPS =
      IntStream.range(0, 16).mapToObj(number -> "group-" + number).toList();

  @TempDir private Path directory;

  @Test
  void eitherAnswersAndTakesCommandsForAllGroups() {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("server"));
    int viewPort = LinkwrightProcess.freePort();
    int commandPort = LinkwrightProcess.freePort();
    try (LinkwrightProcess up = LinkwrightProcess.up(site);
        LinkwrightApi all = new LinkwrightApi(site.server());
        LinkwrightProcess view =
            LinkwrightProcess.run(
                List.of(
                    "serve",
                    "topology-stream",
                    "--port=" + viewPort,
                    "--bootstrap-servers=" + site.bootstrapServers(),
                    "--instance-id=beside",
                    "--state-dir=" + directory.resolve("view")));
        LinkwrightProcess commands =
            LinkwrightProcess.run(
                List.of(
                    "serve",
                    "command-service",
                    "--port=" + commandPort,
                    "--bootstrap-servers=" + site.bootstrapServers(),
                    "--instance-id=beside",
                    "--controller-key=" + site.dataDirectory().resolve("controller-key.pem")));
        LinkwrightApi otherView = new LinkwrightApi(at(viewPort));
        LinkwrightApi otherCommands = new LinkwrightApi(at(commandPort))) {
      GROUPS.forEach(group -> new Operator(all).createPartialMesh(group, TunnelProtocol.WIREGUARD));
      view.awaitReady(at(viewPort));
      commands.awaitReady(at(commandPort));

      for (LinkwrightApi api : List.of(all, otherCommands)) {
        Eventually.holds(
            LIMIT,
            () -> GROUPS.stream().allMatch(group -> takesCommands(api, group)),
            () -> "commands are refused:\n" + up.output() + commands.output());
      }
      for (LinkwrightApi api : List.of(all, otherView)) {
        Eventually.holds(
            LIMIT,
            () -> GROUPS.stream().allMatch(group -> isAnswered(api, group)),
            () -> "groups are not answered for:\n" + up.output() + view.output());
      }
    }
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static boolean isAnswered(LinkwrightApi api, String group) {
    try {
      return api.get("/v1/groups/" + group).path("id").asText().equals(group);
    } catch (ApiException notYet) {
      return false;
    }
  }

  private static boolean takesCommands(LinkwrightApi api, String group) {
    try {
      api.send(
          ApiCommand.patch("/v1/groups/" + group, Operator.object().put("name", "of " + group)));
      return true;
    } catch (ApiException notYet) {
      return false;
    }
  }
}
