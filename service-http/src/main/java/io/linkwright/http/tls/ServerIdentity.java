package io.linkwright.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server shows to its clients, read again when its files have changed: connections that
 * begin after that see the new certificate, those before go on. New files that cannot be used leave
 * the old ones in force, and the log says so. Used by one thread, but for {@link #context()}.
 */
public final class ServerIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);

  private final TlsFiles files;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private List<FileTime> read;

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if they cannot be used
   */
  public ServerIdentity(TlsFiles files) {
    this.files = files;
    context.setKeyStore(files.read());
    context.setKeyStorePassword("");
    context.setIncludeProtocols("TLSv1.3");
    context.setExcludeProtocols();
    try {
      this.read = times();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "%s cannot be looked at".formatted(files.certificates()), unreadable);
    }
  }

  /** For Jetty. */
  public SslContextFactory.Server context() {
    return context;
  }

  /** Looks whether the files have changed. */
  public void refresh() {
    try {
      List<FileTime> now = times();
      if (now.equals(read)) {
        return;
      }
      read = now;
      context.reload(fresh -> context.setKeyStore(files.read()));
      LOG.info("certificate read again file={}", files.certificates());
    } catch (Exception unusable) {
      LOG.error(
          "certificate cannot be read, the one before stays in force file={} reason={}",
          files.certificates(),
          unusable.getMessage());
    }
  }

  private List<FileTime> times() throws IOException {
    return List.of(
        Files.getLastModifiedTime(files.certificates()), Files.getLastModifiedTime(files.key()));
  }
}
