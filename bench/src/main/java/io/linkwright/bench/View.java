package io.linkwright.bench;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;

/** Waits for the query side, so that one measurement does not pay for the one before. */
final class View {
  private View() {}

  /** Returns when the view shows all that was committed to a group. */
  static void awaitCurrent(LoadClient load, GroupId group)
      throws IOException, InterruptedException {
    String path = "/v1/groups/" + group;
    // A change to what is already so makes no event; its answer names the current revision.
    String answer = load.send(RawHttpConnection.request("PATCH", path, "{\"dualTunnel\":false}"));
    long revision = LinkwrightApi.mapper().readTree(answer).path("revision").asLong();
    load.send(RawHttpConnection.request("GET", path + "?minRevision=" + revision, ""));
  }
}
