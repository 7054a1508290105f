package io.linkwright.agent.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.kernel.AssociationKeys.CbcHmac;
import io.linkwright.agent.driver.kernel.KernelObject.Association;
import io.linkwright.agent.driver.kernel.KernelObject.Direction;
import io.linkwright.agent.driver.kernel.KernelObject.Policy;
import io.linkwright.agent.driver.kernel.KernelObject.Sending;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With what iproute2 6.1 prints of a Linux 6.1. */
final class XfrmReaderTest {
  private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
  private static final IpAddress THERE = IpAddress.parse("192.0.2.2");
  private static final String ENCRYPTION_KEY = "0x" + "a1".repeat(32);
  private static final String AUTHENTICATION_KEY = "0x" + "b1".repeat(32);

  private static final String STATES =
      """
      src 192.0.2.2 dst 192.0.2.1
      	proto esp spi 0x00002000(8192) reqid 1280770050(0x4c570002) mode tunnel
      	replay-window 0 seq 0x00000000 flag af-unspec esn (0x10100000)
      	auth-trunc hmac(sha256) %2$s (256 bits) 128
      	enc cbc(aes) %1$s (256 bits)
      	anti-replay esn context:
      	 seq-hi 0x0, seq 0x3, oseq-hi 0x0, oseq 0x0
      	 replay_window 128, bitmap-length 4
      	 00000000 00000000 00000000 00000007\s
      	lifetime config:
      	  limit: soft (INF)(bytes), hard (INF)(bytes)
      	  limit: soft (INF)(packets), hard (INF)(packets)
      	  expire add: soft 0(sec), hard 0(sec)
      	  expire use: soft 0(sec), hard 0(sec)
      	lifetime current:
      	  252(bytes), 3(packets)
      	  add 2026-11-22 21:33:16 use 2026-11-22 21:33:19
      	stats:
      	  replay-window 0 replay 0 failed 0
      src 198.51.100.1 dst 192.0.2.1
      	proto esp spi 0x00002001(8193) reqid 1(0x00000001) mode tunnel
      	enc cbc(aes) %1$s (256 bits)
      	lifetime current:
      	  7(bytes), 1(packets)
      """
          .formatted(ENCRYPTION_KEY, AUTHENTICATION_KEY);

  private static final String POLICIES =
      """
      src 0.0.0.0/0 dst 10.9.0.2/32 dev wg2\s
      	dir out priority 19543 ptype main\s
      	tmpl src 192.0.2.1 dst 192.0.2.2
      		proto esp spi 0x00001000 reqid 1280770050 mode tunnel
      src 10.9.0.2/32 dst 0.0.0.0/0\s
      	dir fwd priority 19543 ptype main\s
      	tmpl src 192.0.2.2 dst 192.0.2.1
      		proto esp reqid 0 mode tunnel
      src 10.1.0.0/16 dst 0.0.0.0/0\s
      	dir in priority 375423 ptype main\s
      	tmpl src 198.51.100.1 dst 192.0.2.1
      		proto esp reqid 1 mode tunnel
      src 0.0.0.0/0 dst 0.0.0.0/0\s
      	socket in priority 0 ptype main\s
      """;

  @Test
  void readsOurAssociationsAndNobodyElses() {
    assertThat(XfrmReader.associations(STATES))
        .containsExactly(
            new Association(
                THERE,
                HERE,
                0x2000,
                0x4c57_0002,
                new CbcHmac(
                    KeyBytes.ofHexadecimal(ENCRYPTION_KEY),
                    KeyBytes.ofHexadecimal(AUTHENTICATION_KEY))));
  }

  @Test
  void readsWhatTheyHaveCarried() {
    assertThat(XfrmReader.carried(STATES))
        .isEqualTo(Map.of(Association.idOf(0x2000, HERE), new Traffic(252, 3, Optional.empty())));
  }

  @Test
  void readsOurPoliciesAndNobodyElses() {
    assertThat(XfrmReader.policies(POLICIES))
        .containsExactly(
            new Policy(
                Direction.OUT,
                Cidr.parse("10.9.0.2/32"),
                Optional.of("wg2"),
                HERE,
                THERE,
                Optional.of(new Sending(0x1000, 0x4c57_0002))),
            new Policy(
                Direction.FWD,
                Cidr.parse("10.9.0.2/32"),
                Optional.empty(),
                THERE,
                HERE,
                Optional.empty()));
  }
}
