package io.linkwright.cli.bench;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;

/** Waits for the query side, so that one measurement does not pay for the one before. */
final class View {
  private View() {}

  /** Returns when the view shows all that was committed to a group. */
  static void awaitCurrent(LoadClient load, GroupId group)
      throws IOException, InterruptedException {
    String path = ApiPaths.at(ApiPaths.GROUP, group);
    // A change to what is already so makes no event; its answer names the current revision.
    String answer = load.send(RawHttpConnection.request("PATCH", path, "{\"dualTunnel\":false}"));
    long revision = LinkwrightApi.mapper().readTree(answer).path("revision").asLong();
    String shown = ApiQuery.of(path).with(ApiQuery.MIN_REVISION, revision).toString();
    load.send(RawHttpConnection.request("GET", shown, ""));
  }
}
