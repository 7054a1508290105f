package io.linkwright.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ServerMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Greets an edge and is silent for ever after: it does not even answer pings. What an edge is left
 * with when a server loses its power, or a firewall its memory.
 */
final class SilentServer implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listener;

  /** One thread adds to them while another closes them. */
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  SilentServer() throws IOException {
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        greet(socket);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void greet(Socket socket) throws IOException {
    BufferedReader request =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String key = "";
    for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).strip();
      }
    }
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Protocol: %s\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(EdgeConnection.SUBPROTOCOL, accepted(key))
            .getBytes(ISO_8859_1));
    byte[] challenge =
        EdgeMessages.write(new ServerMessage.Challenge(TestServer.NONCE)).getBytes(UTF_8);
    out.write(0x81);
    out.write(challenge.length);
    out.write(challenge);
    out.flush();
  }

  private static String accepted(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
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
