package io.linkwright.standalone.command;

import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.access.Authentication;
import io.linkwright.http.tls.TlsFiles;
import io.linkwright.httpapi.client.Authorities;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a server listens, what it is called and what it shows to clients. */
final class ListenOptions {
  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = {
        "Address to listen on; other than loopback only where callers are asked who they are.",
        "Default: ${DEFAULT-VALUE}"
      })
  private String host;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Where clients find it, if that is not HOST: through a proxy, or by a name. It answers",
        "to no names but these, HOST and those of the loopback. May be given several times"
      })
  private List<URI> publicUrls = List.of();

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private Tls tls;

  /** What the server shows to clients. */
  static final class Tls {
    @Option(
        names = "--tls-certificate",
        required = true,
        paramLabel = "FILE",
        description = {
          "Serve TLS 1.3 with this certificate, in PEM, those of authorities between behind it.",
          "It is read again when it changes"
        })
    private Path certificate;

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "Its key: PKCS#8 in PEM, without a password, readable by you alone")
    private Path key;
  }

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "Certificates in PEM of the authorities that other servers and an OpenID provider are",
        "known by, beside those that Java knows"
      })
  private Optional<Path> authorities;

  String host() {
    return host;
  }

  /** Where it listens, unless its port says otherwise. */
  URI url(int port) {
    return URI.create("%s://%s:%d".formatted(tls == null ? "http" : "https", host, port));
  }

  /**
   * The server's configuration. From here on the process trusts the authorities of {@code --ca}.
   *
   * @param ownUrls where its like find it, beside what clients use
   * @throws IllegalArgumentException if the options make no sense
   */
  HttpServerConfig config(int port, List<URI> ownUrls, Authentication authentication) {
    authorities.ifPresent(Authorities::trust);
    return new HttpServerConfig(host, port)
        .withPublicUrls(Stream.concat(publicUrls.stream(), ownUrls.stream()).toList())
        .withTls(Optional.ofNullable(tls).map(files -> new TlsFiles(files.certificate, files.key)))
        .withAuthentication(authentication);
  }
}
