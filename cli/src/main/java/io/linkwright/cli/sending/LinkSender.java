package io.linkwright.cli.sending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes and adds links in atomic batches, one after the other. */
public final class LinkSender {
  /** Links of one atomic batch: half of what the server takes. */
  public static final int BATCH_LINKS = 500;

  private final LinkwrightApi api;
  private final CommandStamps stamps;
  private final SendingListener listener;

  /** Changes the group of these stamps. */
  public LinkSender(LinkwrightApi api, CommandStamps stamps, SendingListener listener) {
    this.api = api;
    this.stamps = stamps;
    this.listener = listener;
  }

  private record Item(String array, LinkId link) {}

  /**
   * What became of the links.
   *
   * @param changed how many have
   * @param revision that the last of them made; 0 if none has changed
   * @param refused where it stopped: a link was there already, or gone
   */
  public record Sent(int changed, long revision, Optional<ApiException.Refused> refused) {}

  /**
   * Sends batch after batch, removals first. Stops at one with a link that somebody else has
   * changed meanwhile: the caller looks again.
   *
   * @throws ApiException if there is no answer or another refusal
   */
  public Sent send(List<LinkId> remove, List<LinkId> add) {
    List<Item> items = new ArrayList<>();
    remove.forEach(link -> items.add(new Item("remove", link)));
    add.forEach(link -> items.add(new Item("add", link)));
    int changed = 0;
    long revision = 0;
    for (int from = 0; from < items.size(); from += BATCH_LINKS) {
      List<Item> batch = items.subList(from, Math.min(items.size(), from + BATCH_LINKS));
      ApiCommand command =
          ApiCommand.post(ApiPaths.at(ApiPaths.LINKS_BATCH, stamps.group()), body(batch));
      try {
        revision = api.send(stamps.stamped(command), RevisionReceipt.class).value().revision();
      } catch (ApiException.Refused refused) {
        if (refused.is(RejectionCode.LINK_EXISTS) || refused.is(RejectionCode.UNKNOWN_LINK)) {
          return new Sent(changed, revision, Optional.of(refused));
        }
        throw refused;
      }
      changed += batch.size();
      listener.linksDone(batch.size());
    }
    return new Sent(changed, revision, Optional.empty());
  }

  private static ObjectNode body(List<Item> batch) {
    ObjectNode body = LinkwrightApi.mapper().createObjectNode();
    for (Item item : batch) {
      body.withArray(item.array())
          .addObject()
          .put("edgeA", item.link().edgeA().value())
          .put("edgeB", item.link().edgeB().value());
    }
    return body;
  }
}
