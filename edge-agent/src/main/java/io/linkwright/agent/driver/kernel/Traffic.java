package io.linkwright.agent.driver.kernel;

import java.util.Optional;

/**
 * What came in from a WireGuard peer or on an IPsec association.
 *
 * @param receivedPackets with IPsec; WireGuard does not count them, and has 0
 * @param lastHandshakeEpochSeconds of WireGuard, since the epoch; empty before the first, and with
 *     IPsec, which has none
 */
public record Traffic(
    long receivedBytes, long receivedPackets, Optional<Long> lastHandshakeEpochSeconds) {}
