package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SignedDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * The controller's signing key. On disk it is an unencrypted PKCS#8 key in PEM (RFC 8410), as
 * {@code openssl genpkey -algorithm ed25519} writes it, readable by its owner only. Thread-safe.
 */
public final class ControllerKey {
  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String PEM_END = "\n-----END PRIVATE KEY-----\n";

  private static final String DERIVATION = "HKDF-SHA256";
  private static final int DERIVED_LENGTH_BYTES = 32;

  /** DER of RFC 8410 section 7 up to the 32 bytes of the seed. */
  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final Ed25519PrivateKeyParameters key;
  private final ControllerPublicKey publicKey;

  private ControllerKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.publicKey =
        new ControllerPublicKey(PublicKey.ofBytes(key.generatePublicKey().getEncoded()));
  }

  /** A new key. */
  public static ControllerKey generate() {
    return new ControllerKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /**
   * The key in the file; a new one in a new file if there is none. Of several processes that find
   * none at the same time, all get the key of the one that wrote first.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read or written, is open to others
   *     or holds something else
   */
  public static ControllerKey loadOrCreate(Path file) {
    byte[] pem = PrivateFiles.readOrCreate(file, () -> generate().toPem());
    try {
      return ofPem(pem);
    } catch (IllegalArgumentException malformed) {
      throw PrivateFiles.unusable(file, malformed.getMessage());
    }
  }

  /**
   * The key in the file, which must be there: a second key made in silence is one that no edge
   * trusts.
   *
   * @throws IllegalArgumentException if there is no such file
   * @throws java.io.UncheckedIOException if it cannot be read, is open to others or holds something
   *     else
   */
  public static ControllerKey load(Path file) {
    if (Files.notExists(file)) {
      throw new IllegalArgumentException("there is no controller key %s".formatted(file));
    }
    return loadOrCreate(file);
  }

  /** Signs the bytes of a document, see {@link ControllerPublicKey}. */
  public SignedDocument sign(byte[] document) {
    return new SignedDocument(
        document, publicKey.keyId(), Ed25519Keys.sign(key, SignedBytes.DOCUMENT.of(document)));
  }

  /**
   * Signs the bytes of many documents at the cost of one signature (40 µs) and some hashes of each.
   * What comes out stands alone: each document carries the way to the root that was signed.
   *
   * @return in the order of {@code documents}
   */
  public List<SignedDocument> signAll(List<byte[]> documents) {
    return documents.size() > 1
        ? signedBatch(documents)
        : documents.stream().map(this::sign).toList();
  }

  private List<SignedDocument> signedBatch(List<byte[]> documents) {
    int size = documents.size();
    MerkleTree tree = MerkleTree.of(documents);
    byte[] signature = Ed25519Keys.sign(key, BatchSignature.signedBytes(size, tree.root()));
    List<SignedDocument> signed = new ArrayList<>(size);
    for (int index = 0; index < size; index++) {
      BatchSignature place = new BatchSignature(signature, index, size, tree.path(index));
      signed.add(new SignedDocument(documents.get(index), publicKey.keyId(), place.encoded()));
    }
    return signed;
  }

  /** What edges pin. */
  public ControllerPublicKey publicKey() {
    return publicKey;
  }

  /**
   * 32 secret bytes that are this key's alone and no use for signing: HKDF-SHA256 (RFC 5869) of the
   * seed. Every instance that signs with the key derives the same.
   *
   * @param purpose keeps uses apart; never the same for two
   */
  public byte[] derive(String purpose) {
    byte[] seed = key.getEncoded();
    try {
      return KDF.getInstance(DERIVATION)
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(seed)
                  .thenExpand(purpose.getBytes(US_ASCII), DERIVED_LENGTH_BYTES));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK from 25 has " + DERIVATION, absent);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  static ControllerKey ofSeed(byte[] seed) {
    return new ControllerKey(new Ed25519PrivateKeyParameters(seed));
  }

  private byte[] toPem() {
    byte[] der =
        Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + Ed25519PrivateKeyParameters.KEY_SIZE);
    key.encode(der, PKCS8_PREFIX.length);
    return (PEM_BEGIN + Base64.getEncoder().encodeToString(der) + PEM_END).getBytes(US_ASCII);
  }

  static ControllerKey ofPem(byte[] pem) {
    String text = new String(pem, US_ASCII);
    if (!text.startsWith(PEM_BEGIN) || !text.endsWith(PEM_END)) {
      throw new IllegalArgumentException("not a private key in PEM");
    }
    byte[] der =
        Base64.getDecoder()
            .decode(text.substring(PEM_BEGIN.length(), text.length() - PEM_END.length()));
    int seedFrom = PKCS8_PREFIX.length;
    if (der.length != seedFrom + Ed25519PrivateKeyParameters.KEY_SIZE
        || !Arrays.equals(der, 0, seedFrom, PKCS8_PREFIX, 0, seedFrom)) {
      throw new IllegalArgumentException("not an Ed25519 key in PKCS#8");
    }
    return ofSeed(Arrays.copyOfRange(der, seedFrom, der.length));
  }

  @Override
  public String toString() {
    return "ControllerKey[" + publicKey.keyId() + ", redacted]";
  }
}
