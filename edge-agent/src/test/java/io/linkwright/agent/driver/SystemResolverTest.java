package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.IpAddress;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SystemResolverTest {

  /** {@code .invalid} has no names, and {@code localhost} is this machine (RFC 6761). */
  @Test
  void findsTheNamesThatThereAreAndLeavesOutTheOthers() {
    Map<String, IpAddress> found =
        new SystemResolver().resolve(Set.of("localhost", "no-such-peer.invalid"));

    assertThat(found).containsOnlyKeys("localhost");
    assertThat(found.get("localhost")).hasToString("127.0.0.1");
  }
}
