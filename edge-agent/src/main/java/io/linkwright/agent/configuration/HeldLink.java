package io.linkwright.agent.configuration;

import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.LinkUpdate;

/**
 * A link that this edge runs: what it was sent, and what the signed document in it says. The
 * secrets stay sealed.
 */
public record HeldLink(LinkUpdate update, LinkDocument document) {

  /** The link's id. */
  public LinkId id() {
    return document.link().id();
  }

  /** Of the document. */
  public long revision() {
    return document.revision();
  }
}
