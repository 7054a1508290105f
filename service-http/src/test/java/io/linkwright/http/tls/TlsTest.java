package io.linkwright.http.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with TLS, and clients that do or do not fit. */
final class TlsTest {
  private static final long LIMIT_NANOS = 60_000_000_000L;

  @TempDir private Path directory;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private TlsFiles files;
  private TestCertificate first;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    files = new TlsFiles(directory.resolve("server.pem"), directory.resolve("server.key"));
    first = TestCertificate.make(directory, "first", "EC");
    first.write(files);
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0).withTls(Optional.of(files)), metrics, List.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoTrustsTheAuthorityIsAnswered() throws Exception {
    assertThat(get(first.client()).statusCode()).isEqualTo(200);
    assertThat(metrics.scrape()).contains("linkwright_http_connections");
  }

  @Test
  void whoDoesNotIsNot() {
    assertThatThrownBy(() -> get(SSLContext.getDefault()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anOlderTlsAndPlainHttpAreRefused() throws Exception {
    SSLContext context = first.client();
    SSLParameters older = new SSLParameters();
    older.setProtocols(new String[] {"TLSv1.2"});
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(context).sslParameters(older).build()) {
      HttpRequest request = HttpRequest.newBuilder(address()).build();

      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      plain
          .getOutputStream()
          .write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));

      assertThat(new String(plain.getInputStream().readAllBytes(), UTF_8)).doesNotContain("200");
    }
  }

  @Test
  void aNewCertificateIsShownWithoutARestartAndABrokenOneIsNot() throws Exception {
    TestCertificate second = TestCertificate.make(directory, "second", "RSA");
    second.write(files);
    awaitShown(second);

    Files.writeString(files.certificates(), "no certificate");
    Files.setLastModifiedTime(files.certificates(), FileTime.from(Instant.now().plusSeconds(5)));
    Thread.sleep(2_500);

    assertThat(shown(second.client())).isEqualTo(second.name());
  }

  @Test
  void manyThatNeverShakeHandsDoNotLockOutAnother() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int number = 0; number < 50; number++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }

      assertThat(get(first.client()).statusCode()).isEqualTo(200);
      assertThat(openConnections()).isGreaterThanOrEqualTo(50);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    TlsFiles absent = new TlsFiles(directory.resolve("absent"), files.key());
    assertThatThrownBy(absent::read).hasMessageContaining("absent");

    Files.writeString(files.certificates(), "nothing");
    assertThatThrownBy(files::read).hasMessageContaining("server.pem");

    first.write(files);
    Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(files::read).hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        files.key(), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(files::read)
        .hasMessageContaining("openssl pkcs8")
        .hasMessageNotContaining("AAAA");
  }

  private double openConnections() {
    return metrics.get("linkwright.http.connections").gauge().value();
  }

  private void awaitShown(TestCertificate expected) throws Exception {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (true) {
      try {
        assertThat(shown(expected.client())).isEqualTo(expected.name());
        return;
      } catch (SSLHandshakeException notYet) {
        assertThat(System.nanoTime()).as("deadline").isLessThan(end);
        Thread.sleep(100);
      }
    }
  }

  private String shown(SSLContext context) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  private HttpResponse<String> get(SSLContext context) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(
          HttpRequest.newBuilder(address()).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private URI address() {
    return URI.create("https://localhost:%d/livez".formatted(server.port()));
  }
}
