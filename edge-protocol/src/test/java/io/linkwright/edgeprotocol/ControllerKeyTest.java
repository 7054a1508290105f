package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.key.SignedDocument;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControllerKeyTest {
  /** RFC 8410 section 10.3 and 10.1: this private key has this public key. */
  private static final String RFC_8410_PUBLIC_KEY =
      "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  @TempDir private Path directory;

  @Test
  void readsTheKeyOfTheStandard() throws Exception {
    assertThat(HexFormat.of().formatHex(vectorKey().publicKey().key().bytes()))
        .isEqualTo(RFC_8410_PUBLIC_KEY);
  }

  @Test
  void derivesTheSameForOnePurposeAndAnotherForEveryOther() throws Exception {
    byte[] derived = vectorKey().derive("tokens");

    assertThat(derived).hasSize(32).isEqualTo(vectorKey().derive("tokens"));
    assertThat(vectorKey().derive("other")).isNotEqualTo(derived);
    assertThat(ControllerKey.generate().derive("tokens")).isNotEqualTo(derived);
  }

  /** RFC 5869, as the log's vectors beside this module's have it. */
  @Test
  void theLogsMacKeyIsThatOfTheVectors() throws Exception {
    assertThat(HexFormat.of().formatHex(vectorKey().derive("linkwright log mac v1")))
        .isEqualTo("32f2960168a81aea3ff75974b534e01d3a4021e373e043c7411d81b8dd5dd78e");
  }

  @Test
  void signsTheReleasedDocumentAsEver() throws Exception {
    SignedDocument signed = vectorKey().sign(Fixtures.resource("link-wireguard.json"));

    assertThat(HexFormat.of().formatHex(signed.signature()))
        .isEqualTo(new String(Fixtures.resource("link-wireguard.signature"), UTF_8).strip());
    assertThat(signed.keyId()).isEqualTo(vectorKey().publicKey().keyId()).hasSize(16);
  }

  @Test
  void anotherImplementationVerifiesWhatIsSigned() throws Exception {
    ControllerKey key = ControllerKey.generate();
    byte[] document = "{\"any\":\"bytes\"}".getBytes(UTF_8);
    SignedDocument signed = key.sign(document);

    byte[] encoded =
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex(X509_PREFIX)
                    + HexFormat.of().formatHex(key.publicKey().key().bytes()));
    PublicKey jdkKey =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(jdkKey);
    verifier.update("linkwright.v1 document\0".getBytes(UTF_8));
    verifier.update(document);

    assertThat(verifier.verify(signed.signature())).isTrue();
  }

  @Test
  void everyAlteredBitIsNoticed() {
    ControllerKey key = ControllerKey.generate();
    SignedDocument signed = key.sign("{\"revision\":42}".getBytes(UTF_8));

    assertThat(key.publicKey().verifies(signed)).isTrue();
    for (int bit = 0; bit < 8 * signed.document().length; bit++) {
      SignedDocument altered =
          new SignedDocument(flipped(signed.document(), bit), signed.keyId(), signed.signature());
      assertThat(key.publicKey().verifies(altered)).as("document bit %d", bit).isFalse();
    }
    for (int bit = 0; bit < 8 * signed.signature().length; bit++) {
      SignedDocument altered =
          new SignedDocument(signed.document(), signed.keyId(), flipped(signed.signature(), bit));
      assertThat(key.publicKey().verifies(altered)).as("signature bit %d", bit).isFalse();
    }
  }

  @Test
  void anotherKeyOrPurposeDoesNotPass() {
    ControllerKey key = ControllerKey.generate();
    ControllerKey other = ControllerKey.generate();
    byte[] document = "{}".getBytes(UTF_8);
    SignedDocument signed = key.sign(document);
    SignedDocument bare = new SignedDocument(document, signed.keyId(), new byte[0]);
    SignedDocument relabelled =
        new SignedDocument(document, other.publicKey().keyId(), key.sign(document).signature());

    assertThat(other.publicKey().verifies(signed)).isFalse();
    assertThat(other.publicKey().verifies(relabelled)).isFalse();
    assertThat(key.publicKey().verifies(relabelled)).isFalse();
    assertThat(key.publicKey().verifies(bare)).isFalse();
  }

  @Test
  void theFileIsItsOwnersAloneAndKeepsTheKey() throws Exception {
    Path file = directory.resolve("new").resolve("controller.pem");

    ControllerKey made = ControllerKey.loadOrCreate(file);
    ControllerKey loaded = ControllerKey.loadOrCreate(file);

    assertThat(loaded.publicKey()).isEqualTo(made.publicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void allWhoCreateAtOnceGetTheSameKey() throws Exception {
    Path file = directory.resolve("controller.pem");
    Callable<ControllerPublicKey> load = () -> ControllerKey.loadOrCreate(file).publicKey();

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<ControllerPublicKey>> loaded =
          threads.invokeAll(Stream.generate(() -> load).limit(8).toList());

      assertThat(loaded.stream().map(Future::resultNow).distinct()).hasSize(1);
    }
  }

  @Test
  void aFileThatIsOpenToOthersOrNoKeyIsRefused() throws Exception {
    Path open = directory.resolve("open.pem");
    ControllerKey.loadOrCreate(open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    Path other = directory.resolve("other.pem");
    Files.writeString(other, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));

    assertThatThrownBy(() -> ControllerKey.loadOrCreate(open))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("open to others");
    assertThatThrownBy(() -> ControllerKey.loadOrCreate(other))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("not an Ed25519 key");
  }

  @Test
  void aLogLineDoesNotTellTheKey() {
    ControllerKey key = ControllerKey.generate();

    assertThat(key).hasToString("ControllerKey[" + key.publicKey().keyId() + ", redacted]");
  }

  private ControllerKey vectorKey() throws Exception {
    Path file = directory.resolve("vector.pem");
    if (Files.notExists(file)) {
      Files.write(file, Fixtures.resource("controller-key.pem"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return ControllerKey.loadOrCreate(file);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] altered = bytes.clone();
    altered[bit / 8] ^= (byte) (1 << bit % 8);
    return altered;
  }
}
