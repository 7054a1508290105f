package io.linkwright.http;

import io.linkwright.http.tls.ServerIdentity;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Accepts connections within {@link ConnectionBounds}. Jetty's own limit stops to accept at all, so
 * one client that opens many sockets would lock out all others.
 */
final class BoundedConnector extends ServerConnector {
  private final ConnectionBounds bounds;
  private final Optional<ServerIdentity> identity;

  /** With TLS if there is an {@code identity} to show. */
  BoundedConnector(
      Server server,
      HttpConfiguration http,
      ConnectionBounds bounds,
      Optional<ServerIdentity> identity) {
    super(server, identity.map(ServerIdentity::context).orElse(null), new Connections(http));
    this.bounds = bounds;
    this.identity = identity;
    addBean(bounds);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    scheduleSweep(getScheduler());
  }

  @Override
  public void accept(int acceptorId) throws IOException {
    if (!(getTransport() instanceof ServerSocketChannel listening) || !listening.isOpen()) {
      return;
    }
    SocketChannel channel = listening.accept();
    try {
      take(channel);
    } catch (IOException | RuntimeException gone) {
      channel.close();
      throw gone;
    }
  }

  private void take(SocketChannel channel) throws IOException {
    if (!bounds.admits(channel.getRemoteAddress())) {
      ConnectionBounds.turnAway(channel);
      return;
    }
    channel.configureBlocking(false);
    configure(channel.socket());
    getSelectorManager().accept(channel);
  }

  private void scheduleSweep(Scheduler scheduler) {
    var _ =
        scheduler.schedule(
            () -> {
              try {
                bounds.sweep();
                identity.ifPresent(ServerIdentity::refresh);
              } finally {
                if (isRunning()) {
                  scheduleSweep(scheduler);
                }
              }
            },
            ConnectionBounds.SWEEP_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static final class Connections extends HttpConnectionFactory {
    Connections(HttpConfiguration http) {
      super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      return configure(
          new HeadAware(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }
  }

  /** Jetty forgets the method of a request whose target it cannot read: a HEAD got a body then. */
  private static final class HeadAware extends HttpConnection {
    private String unreadMethod = "";

    HeadAware(HttpConfiguration http, Connector connector, EndPoint endPoint) {
      super(http, connector, endPoint);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
      boolean wasHead = unreadMethod.equals("HEAD") && method.equals("BAD");
      unreadMethod = method;
      HttpStreamOverHTTP1 stream = super.newHttpStream(wasHead ? "HEAD" : method, uri, version);
      unreadMethod = "";
      return stream;
    }
  }
}
