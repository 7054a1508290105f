package io.linkwright.httpapi.answer;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;

/** A link by its id, and the two ends that the id is made of. */
public record LinkName(LinkId id, EdgeId edgeA, EdgeId edgeB) {

  /** The link of this id. */
  public static LinkName of(LinkId id) {
    return new LinkName(id, id.edgeA(), id.edgeB());
  }
}
