package io.linkwright.edgeprotocol;

import static io.linkwright.edgeprotocol.Fixtures.DENVER;
import static io.linkwright.edgeprotocol.Fixtures.KANSAS_CITY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberKeys;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeKeysTest {
  private static final String NONCE = "0123456789abcdefghijkl";

  @TempDir private Path directory;

  @Test
  void theFileIsItsOwnersAloneAndKeepsTheKeys() throws Exception {
    Path file = directory.resolve("edge.json");

    EdgeKeys made = EdgeKeys.loadOrCreate(file);
    EdgeKeys loaded = EdgeKeys.loadOrCreate(file);

    assertThat(loaded.publicKeys()).isEqualTo(made.publicKeys());
    assertThat(loaded.wireGuardPrivateKey(1)).isEqualTo(made.wireGuardPrivateKey(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aMalformedFileIsRefusedWithoutQuotingIt() throws Exception {
    Path file = directory.resolve("edge.json");
    String good = new String(Fixtures.resource("edge-keys.json"), UTF_8);
    String secret = "nUA4FSbbbbbbbbbbbbbbb";
    for (String bad :
        List.of(
            "",
            "{}",
            good.replace("\"version\":1", "\"version\":2"),
            good.replaceAll("\"sealing\":\"[^\"]*\"", "\"sealing\":\"" + secret + "\""),
            good.replaceAll("\"sealing\":\"[^\"]*\"", "\"sealing\":\"?" + secret + "\""),
            good.replaceAll(",\"wireGuard\":\\[.*]", ",\"wireGuard\":[]"))) {
      Files.writeString(file, bad);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

      assertThatThrownBy(() -> EdgeKeys.loadOrCreate(file))
          .as(bad)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageNotContaining(secret);
    }
  }

  @Test
  void anIpsecGroupGetsNoWireGuardKeys() {
    EdgeKeys keys = EdgeKeys.generate();

    assertThat(keys.publicKeysFor(TunnelProtocol.IPSEC).wireGuard()).isEmpty();
    assertThat(keys.publicKeysFor(TunnelProtocol.WIREGUARD).wireGuard()).hasSize(2);
  }

  @Test
  void aProofHoldsForOneEdgeAndOneChallenge() {
    EdgeKeys keys = EdgeKeys.generate();
    PublicKey identity = keys.publicKeys().identity();
    byte[] proof = keys.signChallenge(DENVER, NONCE);

    assertThat(ChallengeProof.verifies(identity, DENVER, NONCE, proof)).isTrue();
    assertThat(ChallengeProof.verifies(identity, KANSAS_CITY, NONCE, proof)).isFalse();
    assertThat(ChallengeProof.verifies(identity, DENVER, NONCE + "x", proof)).isFalse();
    assertThat(ChallengeProof.verifies(identity, DENVER, NONCE, new byte[64])).isFalse();
    assertThat(ChallengeProof.verifies(identity, DENVER, NONCE, new byte[0])).isFalse();
    assertThat(
            ChallengeProof.verifies(
                PublicKey.ofBytes(Fixtures.filled(32, 0xff)), DENVER, NONCE, proof))
        .isFalse();
    assertThat(
            ChallengeProof.verifies(
                EdgeKeys.generate().publicKeys().identity(), DENVER, NONCE, proof))
        .isFalse();
  }

  @Test
  void aLogLineDoesNotTellTheKeys() {
    EdgeKeys keys = EdgeKeys.generate();

    assertThat(keys)
        .hasToString("EdgeKeys[" + keys.publicKeys().identity().base64() + ", redacted]");
  }

  @Test
  void keysThatAreNoneAreFoundOutBeforeTheyAreUsed() {
    MemberKeys good = EdgeKeys.generate().publicKeys();
    PublicKey outOfRange = PublicKey.ofBytes(Fixtures.filled(1_216, 0xff));
    PublicKey noPoint = PublicKey.ofBytes(Fixtures.filled(32, 0xff));
    PublicKey smallOrder = PublicKey.ofBytes(new byte[32]);

    assertThat(MemberKeyCheck.fault(good)).isEmpty();
    assertThat(MemberKeyCheck.fault(new MemberKeys(noPoint, good.sealing(), good.wireGuard())))
        .hasValue("identity is not an Ed25519 public key");
    assertThat(MemberKeyCheck.fault(new MemberKeys(good.identity(), outOfRange, good.wireGuard())))
        .hasValue("sealing is not an X-Wing public key");
    assertThat(
            MemberKeyCheck.fault(
                new MemberKeys(
                    good.identity(),
                    good.sealing(),
                    List.of(good.wireGuard().getFirst(), smallOrder))))
        .hasValue("wireGuard[1] is not an X25519 public key");
  }
}
