package io.linkwright.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that posts and waits. The load generator shares the machine
 * with what it measures, so it does the least that gets a request answered. Owned by one thread at
 * a time.
 */
final class RawHttpConnection implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int READ_TIMEOUT_MS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] line = new byte[MAX_LINE_BYTES];

  /** The answer to a request. */
  record Answer(int status, String body) {}

  RawHttpConnection(int port) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_TIMEOUT_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    out = socket.getOutputStream();
  }

  /** The bytes of a {@code POST}, to be sent any number of times. */
  static byte[] post(String path, String json) {
    return request("POST", path, json);
  }

  /** The bytes of a request with a JSON body. */
  static byte[] request(String method, String path, String json) {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String head =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, length);
    return (head + json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws IOException if the connection breaks or the answer is not one this client understands
   */
  Answer exchange(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    String statusLine = readLine();
    if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
      throw new IOException("not an HTTP/1.1 answer: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = 0;
    boolean chunked = false;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      int colon = header.indexOf(':');
      String name = header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      switch (name) {
        case "content-length" -> length = Integer.parseInt(header.substring(colon + 1).strip());
        case "transfer-encoding" -> chunked = true;
        default -> {
          // Nothing else says where the body ends.
        }
      }
    }
    byte[] body = chunked ? readChunks() : readBytes(length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  /** A body in chunks (RFC 9112 section 7.1), without extensions or trailers. */
  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      if (body.size() + length > MAX_BODY_BYTES) {
        throw new IOException("an answer is longer than %d bytes".formatted(MAX_BODY_BYTES));
      }
      body.write(readBytes(length));
      readLine();
    }
    readLine();
    return body.toByteArray();
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(readLine().strip(), 16);
  }

  private byte[] readBytes(int length) throws IOException {
    if (length > MAX_BODY_BYTES) {
      throw new IOException("an answer is longer than %d bytes".formatted(MAX_BODY_BYTES));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server closed the connection in mid-answer");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String readLine() throws IOException {
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (length == MAX_LINE_BYTES) {
        throw new IOException("a header line is longer than %d bytes".formatted(MAX_LINE_BYTES));
      }
      line[length++] = (byte) next;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }
}
