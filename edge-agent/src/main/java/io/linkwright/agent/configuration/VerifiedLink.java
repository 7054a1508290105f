package io.linkwright.agent.configuration;

import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;

/**
 * A link that has passed every check.
 *
 * @param held what to keep
 * @param peerLink what to run, with the secrets opened
 */
public record VerifiedLink(HeldLink held, PeerLink peerLink) {}
