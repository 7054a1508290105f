package io.linkwright.domain;

/** One end's word on a tunnel. */
public record TunnelStatus(LinkId link, int tunnelIndex, TunnelState state) {}
