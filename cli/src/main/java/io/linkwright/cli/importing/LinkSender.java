package io.linkwright.cli.importing;

import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.ApiException;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import java.util.List;

/** Adds links in atomic batches, one after the other. */
final class LinkSender {
  private final LinkwrightApi api;
  private final GroupId group;
  private final CommandKeys keys;
  private final ImportListener listener;

  LinkSender(LinkwrightApi api, GroupId group, CommandKeys keys, ImportListener listener) {
    this.api = api;
    this.group = group;
    this.keys = keys;
    this.listener = listener;
  }

  /** How many were not there before, and the revision that made. */
  record Sent(int added, long revision) {}

  /**
   * Stops at a batch with a link that somebody else has added meanwhile: the caller looks again.
   */
  Sent send(List<LinkId> links) {
    int added = 0;
    long revision = 0;
    for (int from = 0; from < links.size(); from += GroupImport.BATCH_LINKS) {
      List<LinkId> batch =
          links.subList(from, Math.min(links.size(), from + GroupImport.BATCH_LINKS));
      ApiCommand command =
          keys.keyed(
              ApiCommand.post(
                  "/v1/groups/%s/links:batch".formatted(group), GroupImport.linkBatch(batch)));
      try {
        revision = api.send(command).path("revision").asLong();
      } catch (ApiException.Refused refused) {
        if (refused.is("LINK_EXISTS")) {
          return new Sent(added, revision);
        }
        throw refused;
      }
      added += batch.size();
      listener.linksAdded(batch.size());
    }
    return new Sent(added, revision);
  }
}
