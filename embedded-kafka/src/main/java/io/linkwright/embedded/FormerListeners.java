package io.linkwright.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens where the broker of an earlier run listened for itself, and answers nothing, while the
 * next broker starts.
 *
 * <p>A broker that was killed may have left transactions whose commit is decided and whose markers
 * are not all written. The next one reads the old metadata first, in which it still leads
 * everything at its old address, and sends the missing markers there. If that is refused, it looks
 * for the leader again; and if it looks while the controller has taken leadership away and not yet
 * given it back, Kafka 4.3.1 takes "no leader" for "topic deleted", leaves the markers out and
 * calls the transaction complete. Its records then stay invisible behind a last stable offset that
 * does not move. A connection that is accepted and silent keeps it waiting instead; when it breaks,
 * because the start is over, the leader is known.
 *
 * <p>Owned by the thread that starts the broker.
 */
final class FormerListeners implements AutoCloseable {
  private static final String FILE = "internal-ports";
  private static final int BACKLOG = 16;

  private final Path file;
  private final List<ServerSocket> sockets = new ArrayList<>();

  private FormerListeners(Path file) {
    this.file = file;
  }

  /**
   * Takes the places of all runs since the last one that started.
   *
   * @throws IOException if the list of them cannot be read
   */
  static FormerListeners hold(Path dataDirectory) throws IOException {
    FormerListeners held = new FormerListeners(dataDirectory.resolve(FILE));
    if (Files.exists(held.file)) {
      for (String port : Files.readAllLines(held.file)) {
        held.listen(Integer.parseInt(port));
      }
    }
    return held;
  }

  /** Somebody else may listen there by now; what is sent there is no secret and not understood. */
  private void listen(int port) {
    try {
      sockets.add(new ServerSocket(port, BACKLOG, InetAddress.ofLiteral(LoopbackPort.HOST)));
    } catch (IOException taken) {
      // A connection to it does not fail, which is all that is wanted.
    }
  }

  /** Remembers where the broker that starts now will listen, whether or not it gets that far. */
  void remember(int port) throws IOException {
    Files.writeString(
        file, port + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The broker has started there: nobody looks for it elsewhere any more. */
  void startedAt(int port) throws IOException {
    Path next = file.resolveSibling(FILE + ".next");
    Files.writeString(next, port + System.lineSeparator());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Breaks the connections. */
  @Override
  public void close() throws IOException {
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }
}
