package io.linkwright.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server has its certificate and key.
 *
 * @param certificates in PEM, the server's own first, then those of the authorities between
 * @param key in PEM, PKCS#8 (RFC 5958) without a password: RSA, EC or Ed25519
 */
public record TlsFiles(Path certificates, Path key) {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "Ed25519");
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
  private static final char[] NO_PASSWORD = {};

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException if that cannot be done, naming the file and what is wrong
   */
  KeyStore read() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", readKey(), NO_PASSWORD, readChain());
      return store;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException(
          "%s and %s cannot be used: %s".formatted(certificates, key, unusable.getMessage()),
          unusable);
    }
  }

  private Certificate[] readChain() throws IOException {
    try (InputStream in = Files.newInputStream(certificates)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IllegalArgumentException("%s has no certificate".formatted(certificates));
      }
      return chain;
    } catch (CertificateException malformed) {
      throw new IllegalArgumentException(
          "%s is no list of certificates in PEM".formatted(certificates), malformed);
    }
  }

  /** What is wrong with a key is said without a word of it. */
  private PrivateKey readKey() throws IOException, GeneralSecurityException {
    if (Files.getPosixFilePermissions(key).stream().anyMatch(OTHERS::contains)) {
      throw new IllegalArgumentException("%s: open to others; chmod 600 it".formatted(key));
    }
    Matcher pem = PKCS8.matcher(Files.readString(key, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          "%s is no key in PKCS#8 without a password: openssl pkcs8 -topk8 -nocrypt makes one"
              .formatted(key));
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : KEY_ALGORITHMS) {
      Optional<PrivateKey> read = decoded(algorithm, encoded);
      if (read.isPresent()) {
        return read.get();
      }
    }
    throw new IllegalArgumentException("%s is neither RSA, EC nor Ed25519".formatted(key));
  }

  private static Optional<PrivateKey> decoded(String algorithm, PKCS8EncodedKeySpec encoded)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (InvalidKeySpecException ofAnotherAlgorithm) {
      return Optional.empty();
    }
  }
}
