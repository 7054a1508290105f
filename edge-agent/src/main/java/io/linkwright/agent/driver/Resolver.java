package io.linkwright.agent.driver;

import io.linkwright.domain.address.IpAddress;
import java.util.Map;
import java.util.Set;

/**
 * Finds the addresses of names. Ours and not {@code wg}'s own: that one asks again and again, for a
 * minute and a half.
 */
interface Resolver {

  /**
   * The addresses of those hosts that have one, found out within a bounded time: what takes longer
   * has none. Thread-safe.
   */
  Map<String, IpAddress> resolve(Set<String> hosts);
}
