package io.linkwright.domain.group;

import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static io.linkwright.domain.link.TunnelProtocol.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.link.LinkKeyMaterial;
import io.linkwright.domain.link.LinkKeyMaterial.Purpose;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class LinkSecretsTest {
  private static final LinkId LINK = Samples.link("a~b");
  private static final byte[] SEED_BYTES =
      "thirty-two bytes, not so random.".getBytes(StandardCharsets.US_ASCII);
  private static final KeySeed SEED = new KeySeed(SEED_BYTES);

  /**
   * HKDF-Expand as RFC 5869 section 2.3 writes it, over the fields as LinkKeyMaterial names them.
   */
  private static byte[] expand(String info, int lengthBytes) throws GeneralSecurityException {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(SEED_BYTES, "HmacSHA256"));
    ByteBuffer output = ByteBuffer.allocate(lengthBytes);
    byte[] block = {};
    for (int counter = 1; output.hasRemaining(); counter++) {
      hmac.update(block);
      hmac.update(info.getBytes(StandardCharsets.ISO_8859_1));
      block = hmac.doFinal(new byte[] {(byte) counter});
      output.put(block, 0, Math.min(block.length, output.remaining()));
    }
    return output.array();
  }

  private static Stream<byte[]> keys(LinkSecrets secrets) {
    return secrets.tunnels().stream()
        .flatMap(
            tunnel ->
                switch (tunnel) {
                  case PresharedSecret preshared -> Stream.of(preshared.key());
                  case SaSecrets associations ->
                      Stream.of(associations.aToB(), associations.bToA());
                });
  }

  @Test
  void theDerivationIsHkdfExpandOverLinkVersionProtocolAndTunnelCount() throws Exception {
    String info =
        "\0\0\0\u0017linkwright link keys"
            + " v1\0\0\0\u0003a~b\0\0\0\u0007\0\0\0\u0005ipsec\0\0\0\u0002";
    byte[] expected = expand(info, 4 * SaSecrets.LENGTH_BYTES);

    LinkSecrets secrets = LinkSecrets.derive(SEED, LINK, 7, IPSEC, 2);

    ByteBuffer joined = ByteBuffer.allocate(expected.length);
    keys(secrets).forEach(joined::put);
    assertThat(joined.array()).isEqualTo(expected);
    assertThat(secrets.link()).isEqualTo(LINK);
    assertThat(secrets.keyVersion()).isEqualTo(7);
  }

  @Test
  void theSameInputsGiveTheSameSecrets() {
    List<byte[]> once = keys(LinkSecrets.derive(SEED, LINK, 1, WIREGUARD, 2)).toList();
    List<byte[]> again = keys(LinkSecrets.derive(SEED, LINK, 1, WIREGUARD, 2)).toList();

    assertThat(once).hasSize(2).zipSatisfy(again, (a, b) -> assertThat(a).isEqualTo(b));
  }

  @Test
  void noTwoKeysAreAlike() {
    Stream<LinkSecrets> all =
        Stream.of(
            LinkSecrets.derive(SEED, LINK, 1, IPSEC, 1),
            LinkSecrets.derive(SEED, LINK, 1, IPSEC, 2),
            LinkSecrets.derive(SEED, LINK, 2, IPSEC, 2),
            LinkSecrets.derive(SEED, Samples.link("a~c"), 1, IPSEC, 2),
            LinkSecrets.derive(Samples.seed(1), LINK, 1, IPSEC, 2),
            LinkSecrets.derive(SEED, LINK, 1, WIREGUARD, 1),
            LinkSecrets.derive(SEED, LINK, 1, WIREGUARD, 2));
    Set<String> fingerprints = new HashSet<>();

    all.flatMap(LinkSecretsTest::keys)
        .forEach(key -> assertThat(fingerprints.add(TunnelSecrets.fingerprint(key))).isTrue());

    assertThat(fingerprints).hasSize(2 + 4 * 4 + 1 + 2);
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(LinkSecrets.derive(SEED, LINK, 1, IPSEC, 1).toString())
        .isEqualTo("LinkSecrets[link=a~b, keyVersion=1, tunnels=[SaSecrets[redacted]]]");
    assertThat(LinkSecrets.derive(SEED, LINK, 1, WIREGUARD, 1).toString()).contains("redacted");
    assertThat(Samples.envelope(Commands.delete(), 1).toString()).contains("KeySeed[redacted]");
  }

  @Test
  void aReservedOrTakenSpiIsReplacedByAnotherOfTheSeed() {
    Purpose purpose = new Purpose(LINK, 1, IPSEC, 1);
    long first = LinkKeyMaterial.anotherSpi(SEED, purpose, 0, 1);
    long second = LinkKeyMaterial.anotherSpi(SEED, purpose, 0, 2);
    MemberNode a = node("a");
    MemberNode b = node("b");
    MemberNode full =
        new MemberNode(b.member(), b.links(), b.inboundSpis().put(first, Samples.link("b~c")));

    assertThat(new SpiAllocation(SEED, purpose, a, b).atB(0, 255)).isEqualTo(first);
    assertThat(new SpiAllocation(SEED, purpose, a, b).atB(0, 256)).isEqualTo(256);
    assertThat(new SpiAllocation(SEED, purpose, a, full).atB(0, 0)).isEqualTo(second);
    assertThat(new SpiAllocation(SEED, purpose, a, full).atA(0, first)).isEqualTo(first);
  }

  @Test
  void bothTunnelsOfALinkGetDifferentSpisAtEachEnd() {
    Purpose purpose = new Purpose(LINK, 1, IPSEC, 2);
    SpiAllocation allocation = new SpiAllocation(SEED, purpose, node("a"), node("b"));

    assertThat(allocation.atA(1, 4_711)).isEqualTo(4_711);
    assertThat(allocation.atA(3, 4_711)).isEqualTo(LinkKeyMaterial.anotherSpi(SEED, purpose, 3, 1));
    assertThat(allocation.atB(2, 4_711)).isEqualTo(4_711);
  }

  private static MemberNode node(String edge) {
    return Scenario.given(
            Commands.createGroup(Topology.PARTIAL_MESH, IPSEC),
            Commands.add(Samples.enrolled(edge)))
        .group()
        .contents()
        .node(Samples.edge(edge));
  }
}
