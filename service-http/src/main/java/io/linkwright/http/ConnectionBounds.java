package io.linkwright.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractMetaDataConnection;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the plain HTTP connections, in all and for each source, and ends those on which a request,
 * or a handshake of TLS, begins and does not get on. A connection that has become a WebSocket is no
 * longer counted: those have bounds of their own. Thread-safe.
 */
final class ConnectionBounds implements Connection.Listener {
  /** How often heads are looked at. */
  static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionBounds.class);
  private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int IPV6_PREFIX_BYTES = 8;

  private final HttpLimits limits;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
  private final Map<String, Integer> bySource = new ConcurrentHashMap<>();
  private final Counter refusedInAll;
  private final Counter refusedOfSource;
  private final Counter slowHeads;
  private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

  ConnectionBounds(HttpLimits limits, MeterRegistry metrics) {
    this.limits = limits;
    this.refusedInAll = refused(metrics, "all");
    this.refusedOfSource = refused(metrics, "address");
    this.slowHeads =
        Counter.builder("linkwright.http.slow.heads")
            .description("Connections ended since a request's head did not come in time")
            .register(metrics);
    Gauge.builder("linkwright.http.connections", open, Map::size)
        .description("Plain HTTP connections open now")
        .register(metrics);
  }

  /**
   * What is known of a request's head on its way, as of the last look.
   *
   * @param requests heads that were complete by then
   * @param bytesBefore that had come when this number of heads was first seen
   * @param sinceNanos when bytes of the next head were first seen; empty if there are none
   */
  private record Progress(
      String source, long requests, long bytesBefore, Optional<Long> sinceNanos) {
    Progress seen(Connection connection, long nowNanos) {
      long complete = connection.getMessagesIn();
      if (complete != requests || connection.getMessagesOut() < complete) {
        return new Progress(source, complete, connection.getBytesIn(), Optional.empty());
      }
      return connection.getBytesIn() > bytesBefore && sinceNanos.isEmpty()
          ? new Progress(source, requests, bytesBefore, Optional.of(nowNanos))
          : this;
    }

    boolean isLate(long nowNanos, Duration timeout) {
      return sinceNanos.filter(since -> nowNanos - since > timeout.toNanos()).isPresent();
    }
  }

  /** Whether a connection that was just accepted may stay. */
  boolean admits(SocketAddress remote) {
    if (open.size() >= limits.maxConnections()) {
      refuse(refusedInAll, remote, "all", limits.maxConnections());
      return false;
    }
    if (bySource.getOrDefault(source(remote), 0) >= limits.maxConnectionsPerAddress()) {
      refuse(refusedOfSource, remote, "address", limits.maxConnectionsPerAddress());
      return false;
    }
    return true;
  }

  /** Tells the client why, and closes; the socket's buffer takes the answer at once. */
  static void turnAway(SocketChannel channel) throws IOException {
    try (channel) {
      channel.write(answer(503, "Service Unavailable", "too many connections, try again later"));
    }
  }

  @Override
  public void onOpened(Connection connection) {
    switch (connection) {
      case SslConnection handshake -> count(handshake);
      case AbstractMetaDataConnection http
          when http.getEndPoint() instanceof SslConnection.SslEndPoint secured -> {
        // Its handshake was counted in its place.
        Progress known = open.remove(secured.getSslConnection());
        if (known != null) {
          open.put(http, new Progress(known.source(), 0, 0, Optional.empty()));
        }
      }
      case AbstractMetaDataConnection http -> count(http);
      default -> {}
    }
  }

  private void count(Connection connection) {
    String source = source(connection.getEndPoint().getRemoteSocketAddress());
    bySource.merge(source, 1, Integer::sum);
    open.put(connection, new Progress(source, 0, 0, Optional.empty()));
  }

  @Override
  public void onClosed(Connection connection) {
    Progress known = open.remove(connection);
    if (known != null) {
      bySource.computeIfPresent(known.source(), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Ends connections whose request's head is late. Called every {@link #SWEEP_INTERVAL}. */
  void sweep() {
    long nowNanos = System.nanoTime();
    for (Connection connection : open.keySet()) {
      Progress progress =
          open.computeIfPresent(connection, (_, known) -> known.seen(connection, nowNanos));
      if (progress != null && progress.isLate(nowNanos, limits.headTimeout())) {
        end(connection);
      }
    }
  }

  private void end(Connection connection) {
    slowHeads.increment();
    onClosed(connection);
    if (connection instanceof SslConnection) {
      // In a handshake there is nothing to say that would be understood.
      connection.close();
      return;
    }
    Callback close = Callback.from(connection::close);
    try {
      connection
          .getEndPoint()
          .write(close, answer(408, "Request Timeout", "the request came too slowly"));
    } catch (WritePendingException answered) {
      LOG.debug("request came at the last moment", answered);
      connection.close();
    }
  }

  private static ByteBuffer answer(int status, String title, String detail) {
    byte[] body = ErrorRoutes.forStatus(status, detail).body();
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, title, Problem.MEDIA_TYPE, body.length);
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start.length + body.length).put(start).put(body).flip();
  }

  /** One line a minute, however many are refused. */
  private void refuse(Counter refused, SocketAddress remote, String bound, int limit) {
    refused.increment();
    long last = loggedNanos.get();
    long nowNanos = System.nanoTime();
    if (nowNanos - last >= LOG_INTERVAL_NANOS && loggedNanos.compareAndSet(last, nowNanos)) {
      LOG.warn(
          "connections are refused bound={} limit={} address={} refused={}",
          bound,
          limit,
          source(remote),
          (long) refused.count());
    }
  }

  private static String source(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress socket) || socket.getAddress() == null) {
      return "unknown";
    }
    InetAddress address = socket.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.ofDelimiter(":")
            .formatHex(Arrays.copyOf(address.getAddress(), IPV6_PREFIX_BYTES))
        : address.getHostAddress();
  }

  private static Counter refused(MeterRegistry metrics, String bound) {
    return Counter.builder("linkwright.http.connections.refused")
        .description("Connections refused, by the bound that they met")
        .tag("bound", bound)
        .register(metrics);
  }
}
