package io.linkwright.edgeprotocol;

import static io.linkwright.edgeprotocol.Fixtures.DENVER;
import static io.linkwright.edgeprotocol.Fixtures.GROUP;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;

/**
 * Holds the bytes that {@code docs/protocol.md} describes, step by step, for whoever writes another
 * agent: made once from the keys and the message beside them, never changed.
 */
final class ProtocolVectorsTest {
  private static final Path RELEASED = Path.of("src/test/resources/vectors/protocol.json");
  private static final Path PROPOSED = Path.of("target/vectors/protocol.json");
  private static final String NONCE = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theBytesThatAreSignedAndSealedAreTheReleasedOnes() throws Exception {
    ObjectNode vectors = JSON.createObjectNode();
    EdgeKeys edge = EdgeKeys.ofJson(Fixtures.resource("edge-keys.json"));
    ControllerKey controller = ControllerKey.ofPem(Fixtures.resource("controller-key.pem"));
    Config config =
        (Config) EdgeMessages.readServer(new String(Fixtures.resource("config.json"), UTF_8));
    LinkUpdate update = config.set().getFirst();

    addProof(vectors.putObject("challengeProof"), edge);
    addDocument(
        vectors.putObject("membershipDocument"), config.membership().orElseThrow(), controller);
    addDocument(vectors.putObject("linkDocument"), update.document(), controller);
    addSecrets(vectors.putObject("sealedSecrets"), update, edge);

    requireReleased(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(vectors) + "\n");
  }

  private static void addProof(ObjectNode vector, EdgeKeys edge) {
    byte[] signature = edge.signChallenge(DENVER, NONCE);
    assertThat(ChallengeProof.verifies(edge.publicKeys().identity(), DENVER, NONCE, signature))
        .isTrue();
    vector.put("edge", DENVER.value());
    vector.put("nonce", NONCE);
    vector.put("identityPublicKey", hex(edge.publicKeys().identity().bytes()));
    vector.put("signedBytes", hex(ChallengeProof.signed(DENVER, NONCE)));
    vector.put("signature", hex(signature));
  }

  private static void addDocument(
      ObjectNode vector, SignedDocument signed, ControllerKey controller) {
    assertThat(controller.publicKey().verifies(signed)).isTrue();
    assertThat(controller.sign(signed.document())).isEqualTo(signed);
    vector.put("controllerPublicKey", hex(controller.publicKey().key().bytes()));
    vector.put("keyId", signed.keyId());
    vector.put("signedBytes", hex(SignedBytes.DOCUMENT.of(signed.document())));
    vector.put("signature", hex(signed.signature()));
  }

  private static void addSecrets(ObjectNode vector, LinkUpdate update, EdgeKeys edge)
      throws Exception {
    SealedSecrets sealed = update.secrets();
    SecretKey wrapKey =
        SealingSuite.decapsulate(GROUP, DENVER, edge.sealing(), sealed.encapsulatedKey());
    byte[] additionalData = SealingSuite.additionalData(update.link(), sealed.keyVersion());
    Cipher cipher = SealingSuite.newCipher();
    cipher.init(Cipher.DECRYPT_MODE, wrapKey, SealingSuite.parameters(sealed.nonce()));
    cipher.updateAAD(additionalData);
    byte[] opened = cipher.doFinal(sealed.ciphertext());
    assertThat(SecretsEncoding.encode(SecretsEncoding.decode(opened))).isEqualTo(opened);
    assertThat(Documents.readLink(update.document().document()).secretsDigestFor(DENVER))
        .isEqualTo(SecretsDigest.of(sealed));

    vector.put("suite", sealed.suite());
    vector.put("sealingPublicKeySha256", hex(Sha256.of(edge.publicKeys().sealing().bytes())));
    vector.put("info", hex(("linkwright.v1 sealing\0" + GROUP + "\0" + DENVER).getBytes(US_ASCII)));
    vector.put("exporterContext", hex("linkwright.v1 wrap".getBytes(US_ASCII)));
    vector.put("wrapKey", hex(wrapKey.getEncoded()));
    vector.put("nonce", hex(sealed.nonce()));
    vector.put("additionalData", hex(additionalData));
    vector.put("ciphertext", hex(sealed.ciphertext()));
    vector.put("opened", hex(opened));
    vector.put("digest", SecretsDigest.of(sealed));
  }

  private static void requireReleased(String made) throws IOException {
    if (Files.notExists(RELEASED)) {
      Files.createDirectories(PROPOSED.getParent());
      Files.writeString(PROPOSED, made);
      fail("no vectors yet. Freeze them once and for all: cp %s %s".formatted(PROPOSED, RELEASED));
    }
    assertThat(made).as("released bytes never change").isEqualTo(Files.readString(RELEASED));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
