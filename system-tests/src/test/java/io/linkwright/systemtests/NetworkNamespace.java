package io.linkwright.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A network of its own, and a mount namespace for it: user-space WireGuard keeps its sockets in
 * {@code /var/run/wireguard} by interface name. It lives as long as a process that sleeps in it.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(5);

  /** In seconds; should nobody close it. */
  private static final String LIFETIME = "900";

  private static final Path OWN = Path.of("/proc/self/ns/net");

  private final Process holder;

  private NetworkNamespace(Process holder) {
    this.holder = holder;
  }

  static NetworkNamespace open() {
    try {
      Files.createDirectories(Path.of("/var/run/wireguard"));
      Process holder = new ProcessBuilder("unshare", "--net", "--mount", "sleep", LIFETIME).start();
      NetworkNamespace namespace = new NetworkNamespace(holder);
      Eventually.holds(START_LIMIT, namespace::isApart, () -> "no namespace of its own");
      namespace.shell().run("mount -t tmpfs tmpfs /var/run/wireguard");
      namespace.shell().run("ip link set lo up");
      return namespace;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  long processId() {
    return holder.pid();
  }

  List<String> prefix() {
    return List.of("nsenter", "--target", Long.toString(holder.pid()), "--net", "--mount");
  }

  Shell shell() {
    return new Shell(prefix());
  }

  private boolean isApart() {
    try {
      Path net = Path.of("/proc", Long.toString(holder.pid()), "ns", "net");
      Path mount = Path.of("/proc", Long.toString(holder.pid()), "ns", "mnt");
      return !Files.readSymbolicLink(net).equals(Files.readSymbolicLink(OWN))
          && !Files.readSymbolicLink(mount)
              .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A user-space WireGuard ends with its interface, and keeps the namespace alive until then. */
  @Override
  public void close() {
    var _ = shell().attempt("ip link delete wg2; ip link delete wg3");
    holder.destroyForcibly();
  }
}
