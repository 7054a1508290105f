package io.linkwright.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Stands between an edge and the server, and knows the keys that the edge's requests have. */
final class KeyRecorder implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("(?im)^Idempotency-Key: (\\S+)\r?$");
  private static final int BUFFER_BYTES = 8_192;

  private final ServerSocket listener;
  private final URI server;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream(); // locks itself

  KeyRecorder(URI server) {
    this.server = server;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.startVirtualThread(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The keys so far, in the order of the requests. */
  List<String> keys() {
    return KEY.matcher(sent.toString(StandardCharsets.ISO_8859_1))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        Thread.startVirtualThread(() -> record(client, upstream));
        Thread.startVirtualThread(() -> answer(upstream, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void record(Socket client, Socket upstream) {
    try (client;
        upstream) {
      InputStream from = client.getInputStream();
      OutputStream to = upstream.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        sent.write(buffer, 0, count);
        to.write(buffer, 0, count);
      }
    } catch (IOException ended) {
      // One of the two has closed the connection.
    }
  }

  private static void answer(Socket upstream, Socket client) {
    try (upstream;
        client) {
      upstream.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException ended) {
      // One of the two has closed the connection.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
