package io.linkwright.domain.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.LinkConfiguration;

/**
 * What the controller signs for both ends of a link: symmetric, so one signature serves both.
 *
 * @param revision of the event that made it
 * @param secretsDigestA SHA-256 of edge A's sealed secrets, hexadecimal
 * @param secretsDigestB SHA-256 of edge B's sealed secrets, hexadecimal
 */
public record LinkDocument(
    GroupId group,
    long revision,
    LinkConfiguration link,
    String secretsDigestA,
    String secretsDigestB) {

  /**
   * The digest of the secrets sealed for one end.
   *
   * @throws IllegalArgumentException if {@code edge} is neither end
   */
  public String secretsDigestFor(EdgeId edge) {
    return link.id().peerOf(edge).equals(link.id().edgeB()) ? secretsDigestA : secretsDigestB;
  }
}
