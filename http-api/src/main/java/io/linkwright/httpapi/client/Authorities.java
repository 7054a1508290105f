package io.linkwright.httpapi.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose word counts when a server shows a certificate. */
public final class Authorities {
  private Authorities() {}

  /**
   * From now on all clients of this process trust the authorities of a file, beside those that the
   * JDK knows. To be called before the first of them is made.
   *
   * @param file certificates in PEM
   * @throws IllegalArgumentException if it has none
   */
  public static void trust(Path file) {
    try {
      Collection<? extends Certificate> added = read(file);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : added) {
        store.setCertificateEntry("file-" + number++, certificate);
      }
      for (X509Certificate certificate : ofTheJdk()) {
        store.setCertificateEntry("jdk-" + number++, certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      SSLContext.setDefault(context);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException(
          "%s has no certificates in PEM: %s".formatted(file, unusable.getMessage()), unusable);
    }
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (read.isEmpty()) {
        throw new CertificateException("it is empty");
      }
      return read;
    }
  }

  private static X509Certificate[] ofTheJdk() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager known) {
        return known.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
