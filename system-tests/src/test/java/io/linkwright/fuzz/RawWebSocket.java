package io.linkwright.fuzz;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeConnection;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An edge's end of a WebSocket that may send any frame, right or not (RFC 6455, section 5.2). */
final class RawWebSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int TIMEOUT_MS = 20_000;
  private static final int SHORT = 125;
  private static final int LONGER = 126;
  private static final int LONGEST = 127;

  private final Socket socket;
  private final DataInputStream input;

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new DataInputStream(socket.getInputStream());
  }

  /** Opens one; none if the server refuses. */
  static Optional<RawWebSocket> open(int port, EdgeId edge) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MS);
    RawWebSocket opened = new RawWebSocket(socket);
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                .formatted(EdgeConnection.path(edge))
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: %s\r\n\r\n".formatted(EdgeConnection.SUBPROTOCOL);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) opened.input.readUnsignedByte());
    }
    if (head.toString().startsWith("HTTP/1.1 101")) {
      return Optional.of(opened);
    }
    opened.close();
    return Optional.empty();
  }

  /** A whole message of text. */
  void text(String message) throws IOException {
    frame(FINAL | TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** A frame with these first eight bits. */
  void frame(int firstByte, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) firstByte);
    if (payload.length <= SHORT) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (MASKED | LONGER)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | LONGEST)).putLong(payload.length);
    }
    // A mask of zeros leaves the payload as it is.
    frame.putInt(0).put(payload);
    raw(frame.flip().array(), frame.limit());
  }

  /** Bytes that need not be a frame. */
  void raw(byte[] bytes, int length) throws IOException {
    socket.getOutputStream().write(bytes, 0, length);
  }

  /** The next message of text; none if the server closes. */
  Optional<String> next() throws IOException {
    int first = input.readUnsignedByte();
    int length = input.readUnsignedByte();
    long size =
        switch (length) {
          case LONGER -> input.readUnsignedShort();
          case LONGEST -> input.readLong();
          default -> length;
        };
    byte[] payload = input.readNBytes((int) size);
    return (first & 0xf) == TEXT
        ? Optional.of(new String(payload, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
