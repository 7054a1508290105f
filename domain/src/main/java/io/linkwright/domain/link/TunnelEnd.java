package io.linkwright.domain.link;

import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.key.PublicKey;
import java.util.Optional;

/**
 * One end of a tunnel.
 *
 * @param overlayAddress the end's address inside the tunnel
 * @param wireGuardKey the end's public key for this tunnel; empty with IPsec, and while either end
 *     of the link awaits enrollment
 */
public record TunnelEnd(IpAddress overlayAddress, Optional<PublicKey> wireGuardKey) {}
