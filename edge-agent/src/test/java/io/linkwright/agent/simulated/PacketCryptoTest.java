package io.linkwright.agent.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class PacketCryptoTest {
  private static final byte[] PLAIN = "a packet".getBytes(UTF_8);

  private final Random random = new Random(4);
  private final PacketCrypto crypto = new PacketCrypto();

  @Test
  void aPacketOpensWithTheKeysItWasMadeWith() {
    for (PacketKeys keys : List.of(esp(0xffff_fff0L), gcm(0xffff_fff1L), wireGuard())) {
      byte[] packet = crypto.encrypt(keys, PLAIN);

      assertThat(crypto.tagOf(packet)).hasValue(keys.tag());
      assertThat(crypto.open(keys, packet)).hasValue(PLAIN);
    }
  }

  @Test
  void anyAlteredBitIsNoticed() {
    for (PacketKeys keys : List.of(esp(4_096), gcm(4_096), wireGuard())) {
      byte[] packet = crypto.encrypt(keys, PLAIN);
      for (int bit = 0; bit < 8 * packet.length; bit++) {
        byte[] altered = packet.clone();
        altered[bit / 8] ^= (byte) (1 << bit % 8);

        boolean sameKeys = crypto.tagOf(altered).filter(keys.tag()::equals).isPresent();
        assertThat(sameKeys && crypto.open(keys, altered).isPresent()).as("bit %d", bit).isFalse();
      }
    }
  }

  @Test
  void otherKeysDoNotOpen() {
    assertThat(crypto.open(esp(4_096), crypto.encrypt(esp(4_096), PLAIN))).isEmpty();
    assertThat(crypto.open(wireGuard(), crypto.encrypt(wireGuard(), PLAIN))).isEmpty();
    assertThat(crypto.open(gcm(4_096), crypto.encrypt(gcm(4_096), PLAIN))).isEmpty();
    assertThat(crypto.open(esp(4_096), crypto.encrypt(gcm(4_096), PLAIN))).isEmpty();
  }

  @Test
  void whatIsNoPacketHasNoTag() {
    for (int length = 0; length < 30; length++) {
      assertThat(crypto.tagOf(new byte[length])).isEmpty();
    }
  }

  /** The format written down, taken apart without the code that made it. */
  @Test
  void anEspPacketIsWhatTheStandardsSay() throws Exception {
    PacketKeys.Esp keys = esp(0x0102_0304);
    byte[] packet = crypto.encrypt(keys, PLAIN);
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(keys.authentication());
    hmac.update(packet, 0, packet.length - 16);
    Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
    aes.init(Cipher.DECRYPT_MODE, keys.encryption(), new IvParameterSpec(packet, 9, 16));

    assertThat(packet).startsWith(1, 1, 2, 3, 4, 0, 0, 0, 1);
    assertThat(hmac.doFinal()).startsWith(tail(packet));
    assertThat(aes.doFinal(packet, 25, packet.length - 41)).isEqualTo(PLAIN);
  }

  @Test
  void bothEndsOfAWireGuardTunnelDeriveTheSameKeys() {
    EdgeKeys a = EdgeKeys.generate();
    EdgeKeys b = EdgeKeys.generate();
    PublicKey keyOfA = a.publicKeys().wireGuard().getFirst();
    PublicKey keyOfB = b.publicKeys().wireGuard().getFirst();
    byte[] preshared = bytes(32);

    WireGuardKeys atA = new WireGuardKeys(a.wireGuardPrivateKey(0), keyOfB, preshared);
    WireGuardKeys atB = new WireGuardKeys(b.wireGuardPrivateKey(0), keyOfA, preshared);
    WireGuardKeys otherPreshared = new WireGuardKeys(b.wireGuardPrivateKey(0), keyOfA, bytes(32));

    byte[] packet = crypto.encrypt(atA.direction(keyOfA, keyOfB), PLAIN);
    assertThat(crypto.open(atB.direction(keyOfA, keyOfB), packet)).hasValue(PLAIN);
    assertThat(crypto.open(atB.direction(keyOfB, keyOfA), packet)).isEmpty();
    assertThat(crypto.open(otherPreshared.direction(keyOfA, keyOfB), packet)).isEmpty();
  }

  private static byte[] tail(byte[] packet) {
    return Arrays.copyOfRange(packet, packet.length - 16, packet.length);
  }

  private PacketKeys.Esp esp(long spi) {
    return new PacketKeys.Esp(
        spi, new SecretKeySpec(bytes(32), "AES"), new SecretKeySpec(bytes(32), "HmacSHA256"));
  }

  private PacketKeys.EspGcm gcm(long spi) {
    return new PacketKeys.EspGcm(spi, new SecretKeySpec(bytes(32), "AES"), random.nextInt());
  }

  private PacketKeys.WireGuard wireGuard() {
    return new PacketKeys.WireGuard(random.nextLong(), new SecretKeySpec(bytes(32), "ChaCha20"));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
