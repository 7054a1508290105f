package io.linkwright.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends bytes as they are, each request on a connection of its own, and reads one answer. */
record RawHttp(int port) {
  /** Longer than any wait of the server's. */
  private static final int TIMEOUT_MS = 30_000;

  /** More of a body is not read; a stream never ends. */
  private static final int MAX_BODY_BYTES = 8 << 20;

  /** What came back. */
  record Answer(int status, Map<String, String> headers, String body) {
    String mediaType() {
      return headers.getOrDefault("content-type", "").split(";", 2)[0].strip();
    }
  }

  /**
   * The answer to these bytes; none if the server closes the connection without one.
   *
   * @throws java.net.SocketTimeoutException if nothing happens for long
   */
  Optional<Answer> send(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
      } catch (SocketException answeredBeforeTheEnd) {
        // What the server said is read below.
      }
      return read(socket.getInputStream());
    }
  }

  private static Optional<Answer> read(InputStream input) throws IOException {
    try {
      String head = head(input);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      String[] lines = head.split("\r\n", -1);
      Map<String, String> headers = new TreeMap<>();
      for (int i = 1; i < lines.length - 2; i++) {
        String[] header = lines[i].split(":", 2);
        headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
      }
      int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
      if (status / 100 == 1) {
        return read(input);
      }
      return Optional.of(new Answer(status, headers, body(input, headers)));
    } catch (SocketException reset) {
      return Optional.empty();
    }
  }

  private static String head(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static String body(InputStream input, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
      return "";
    }
    String length = headers.get("content-length");
    byte[] body;
    if (length != null) {
      body = input.readNBytes(Math.min(MAX_BODY_BYTES, Integer.parseInt(length)));
    } else if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      body = chunks(input);
    } else {
      body = input.readNBytes(MAX_BODY_BYTES);
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] chunks(InputStream input) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      StringBuilder size = new StringBuilder();
      for (int next = input.read(); next != '\n'; next = input.read()) {
        size.append((char) next);
      }
      int length = Integer.parseInt(size.toString().strip(), 16);
      all.write(input.readNBytes(length));
      input.readNBytes(2);
      if (length == 0) {
        return all.toByteArray();
      }
    }
  }
}
