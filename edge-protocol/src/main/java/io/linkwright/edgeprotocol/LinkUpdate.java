package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;

/**
 * A link to be run as the document says, with the secrets sealed for the edge it is sent to. Link
 * and revision only tell what the signed document says; the edge compares.
 */
public record LinkUpdate(
    LinkId link, long revision, SignedDocument document, SealedSecrets secrets) {}
