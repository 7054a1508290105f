package io.linkwright.agent.configuration;

import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.key.SignedDocument;

/** This edge's membership: what it was sent, and what it says. */
public record HeldMembership(SignedDocument signed, MembershipDocument document) {}
