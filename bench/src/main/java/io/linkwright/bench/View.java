package io.linkwright.bench;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Waits for the query side, so that one measurement does not pay for the one before. */
final class View {
  private View() {}

  /** Returns when the view shows all that was committed to a group. */
  static void awaitCurrent(LoadClient load, GroupId group)
      throws IOException, InterruptedException {
    String path = ApiPaths.at(ApiPaths.GROUP, group);
    // A change to what is already so makes no event; its answer names the current revision.
    String answer = load.send(RawHttpConnection.request("PATCH", path, "{\"dualTunnel\":false}"));
    long revision =
        ApiJson.read(answer.getBytes(StandardCharsets.UTF_8), RevisionReceipt.class).revision();
    String shown = ApiQuery.of(path).with(ApiQuery.MIN_REVISION, revision).toString();
    load.send(RawHttpConnection.request("GET", shown, ""));
  }
}
