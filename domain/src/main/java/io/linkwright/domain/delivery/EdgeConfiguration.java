package io.linkwright.domain.delivery;

import io.linkwright.domain.id.Revision;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import java.util.Optional;

/**
 * One record on {@code linkwright.edge-config}: a signed document and, for a link, this edge's
 * sealed secrets.
 *
 * @param revision of the event that made it
 * @param secrets present exactly if the key names a link
 */
public record EdgeConfiguration(
    EdgeConfigKey key, long revision, SignedDocument document, Optional<SealedSecrets> secrets) {

  /**
   * Checks that secrets come with links.
   *
   * @throws IllegalArgumentException if a link has no secrets or a membership has some, or no group
   *     can have the revision
   */
  public EdgeConfiguration {
    Revision.require("revision", revision);
    if (key.link().isPresent() != secrets.isPresent()) {
      throw new IllegalArgumentException("%s: secrets belong to links".formatted(key));
    }
  }
}
