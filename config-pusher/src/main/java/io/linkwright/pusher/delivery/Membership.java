package io.linkwright.pusher.delivery;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SignedDocument;

/**
 * An edge's membership in a group.
 *
 * @param identity the key the edge proves itself with
 */
public record Membership(PublicKey identity, long revision, SignedDocument document) {}
