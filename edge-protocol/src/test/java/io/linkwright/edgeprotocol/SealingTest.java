package io.linkwright.edgeprotocol;

import static io.linkwright.edgeprotocol.Fixtures.DENVER;
import static io.linkwright.edgeprotocol.Fixtures.GROUP;
import static io.linkwright.edgeprotocol.Fixtures.KANSAS_CITY;
import static io.linkwright.edgeprotocol.Fixtures.LINK;
import static io.linkwright.edgeprotocol.Fixtures.secrets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.link.TunnelProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SealingTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final PublicKey SEALING_KEY = KEYS.publicKeys().sealing();

  private Instant now = Instant.EPOCH;
  private final SealingLimits limits = new SealingLimits(Duration.ofHours(1), 3, 2);
  private final SecretSealer sealer = new SecretSealer(limits, () -> now);
  private final SecretOpener opener = new SecretOpener(KEYS);

  @Test
  void whatIsSealedForAnEdgeOpensThere() throws Exception {
    for (TunnelProtocol protocol : TunnelProtocol.values()) {
      SealedSecrets sealed = seal(protocol);

      assertThat(
              Fingerprints.match(Fixtures.link(protocol), opener.open(GROUP, DENVER, LINK, sealed)))
          .isTrue();
    }
  }

  @Test
  void fingerprintsTellOtherSecretsFromThese() {
    for (TunnelProtocol protocol : TunnelProtocol.values()) {
      for (TunnelProtocol other : TunnelProtocol.values()) {
        assertThat(Fingerprints.match(Fixtures.link(protocol), secrets(other)))
            .isEqualTo(protocol == other);
      }
    }
  }

  @Test
  void anotherEdgeGroupLinkOrKeyVersionDoesNotOpen() {
    SealedSecrets sealed = seal(TunnelProtocol.IPSEC);
    SealedSecrets otherVersion =
        new SealedSecrets(
            sealed.suite(),
            sealed.keyVersion() + 1,
            sealed.encapsulatedKey(),
            sealed.nonce(),
            sealed.ciphertext());
    LinkId otherLink = LinkId.between(DENVER, new EdgeId("omaha"));
    GroupId otherGroup = new GroupId("other");
    SecretOpener otherKeys = new SecretOpener(EdgeKeys.generate());

    assertRefused(opener, otherGroup, DENVER, LINK, sealed);
    assertRefused(opener, GROUP, KANSAS_CITY, LINK, sealed);
    assertRefused(opener, GROUP, DENVER, otherLink, sealed);
    assertRefused(opener, GROUP, DENVER, LINK, otherVersion);
    assertRefused(otherKeys, GROUP, DENVER, LINK, sealed);
  }

  @Test
  void anAlteredBlobDoesNotOpen() {
    SealedSecrets sealed = seal(TunnelProtocol.WIREGUARD);
    List<SealedSecrets> altered =
        List.of(
            blob("other", sealed.encapsulatedKey(), sealed.nonce(), sealed.ciphertext()),
            blob(
                sealed.suite(),
                flipped(sealed.encapsulatedKey()),
                sealed.nonce(),
                sealed.ciphertext()),
            blob(sealed.suite(), new byte[32], sealed.nonce(), sealed.ciphertext()),
            blob(
                sealed.suite(),
                sealed.encapsulatedKey(),
                flipped(sealed.nonce()),
                sealed.ciphertext()),
            blob(sealed.suite(), sealed.encapsulatedKey(), new byte[16], sealed.ciphertext()),
            blob(
                sealed.suite(),
                sealed.encapsulatedKey(),
                sealed.nonce(),
                flipped(sealed.ciphertext())),
            blob(sealed.suite(), sealed.encapsulatedKey(), sealed.nonce(), new byte[0]));

    for (SealedSecrets blob : altered) {
      assertRefused(opener, GROUP, DENVER, LINK, blob);
      assertThat(SecretsDigest.of(blob)).isNotEqualTo(SecretsDigest.of(sealed));
    }
  }

  @Test
  void oneTermServesManyBlobsAndNoNonceTwice() throws Exception {
    SealedSecrets first = seal(TunnelProtocol.WIREGUARD);
    SealedSecrets second = seal(TunnelProtocol.WIREGUARD);

    assertThat(second.encapsulatedKey()).isEqualTo(first.encapsulatedKey());
    assertThat(second.nonce()).isNotEqualTo(first.nonce());
    assertThat(second.ciphertext()).isNotEqualTo(first.ciphertext());
    opener.open(GROUP, DENVER, LINK, first);
    opener.open(GROUP, DENVER, LINK, second);
  }

  @Test
  void aTermEndsByCount() {
    Set<String> encapsulations = new HashSet<>();
    for (int i = 0; i < 2 * limits.maxSealed(); i++) {
      encapsulations.add(PublicKey.ofBytes(seal(TunnelProtocol.IPSEC).encapsulatedKey()).base64());
    }

    assertThat(encapsulations).hasSize(2);
  }

  @Test
  void aTermEndsByAge() {
    byte[] first = seal(TunnelProtocol.IPSEC).encapsulatedKey();
    now = now.plus(limits.maxAge()).minusNanos(1);
    byte[] lastOfTerm = seal(TunnelProtocol.IPSEC).encapsulatedKey();
    now = now.plusNanos(1);
    byte[] next = seal(TunnelProtocol.IPSEC).encapsulatedKey();

    assertThat(lastOfTerm).isEqualTo(first);
    assertThat(next).isNotEqualTo(first);
  }

  @Test
  void aNewKeyOfTheEdgeStartsATerm() throws Exception {
    seal(TunnelProtocol.IPSEC);
    EdgeKeys newKeys = EdgeKeys.generate();

    SealedSecrets sealed =
        sealer.seal(GROUP, DENVER, newKeys.publicKeys().sealing(), secrets(TunnelProtocol.IPSEC));

    new SecretOpener(newKeys).open(GROUP, DENVER, LINK, sealed);
    assertRefused(opener, GROUP, DENVER, LINK, sealed);
  }

  @Test
  void theTermUnusedLongestGoesFirst() {
    byte[] denver = seal(TunnelProtocol.IPSEC).encapsulatedKey();
    byte[] kansasCity = sealFor(KANSAS_CITY).encapsulatedKey();
    assertThat(seal(TunnelProtocol.IPSEC).encapsulatedKey()).isEqualTo(denver);

    sealFor(new EdgeId("omaha"));

    assertThat(seal(TunnelProtocol.IPSEC).encapsulatedKey()).isEqualTo(denver);
    assertThat(sealFor(KANSAS_CITY).encapsulatedKey()).isNotEqualTo(kansasCity);
  }

  private SealedSecrets seal(TunnelProtocol protocol) {
    return sealer.seal(GROUP, DENVER, SEALING_KEY, secrets(protocol));
  }

  private SealedSecrets sealFor(EdgeId edge) {
    return sealer.seal(GROUP, edge, SEALING_KEY, secrets(TunnelProtocol.IPSEC));
  }

  private static SealedSecrets blob(String suite, byte[] enc, byte[] nonce, byte[] ciphertext) {
    return new SealedSecrets(suite, Fixtures.KEY_VERSION, enc, nonce, ciphertext);
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] altered = bytes.clone();
    altered[altered.length - 1] ^= 1;
    return altered;
  }

  private static void assertRefused(
      SecretOpener opener, GroupId group, EdgeId edge, LinkId link, SealedSecrets sealed) {
    assertThatThrownBy(() -> opener.open(group, edge, link, sealed))
        .isInstanceOf(ProtocolException.class);
  }
}
