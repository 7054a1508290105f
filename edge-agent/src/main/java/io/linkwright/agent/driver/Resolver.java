package io.linkwright.agent.driver;

import io.linkwright.domain.IpAddress;
import java.util.Optional;

/**
 * Finds the addresses of names. Ours and not {@code wg}'s own: that one asks again and again, for a
 * minute and a half.
 */
interface Resolver {

  /** The address of a host, which may be one already; empty if nobody knows it. */
  Optional<IpAddress> resolve(String host);
}
