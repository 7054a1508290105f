package io.linkwright.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import io.linkwright.httpapi.RequestBounds;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP server for all modules of a process: their routes, {@code /livez}, {@code /readyz},
 * {@code /metrics}, and a problem for everything that goes wrong. Each request runs in a virtual
 * thread of its own.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /**
   * A connection over which nothing has gone for so long is cut, in the midst of a request too:
   * event streams must send something more often.
   */
  public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** Platform threads accept and select; they never run a handler. */
  private static final int MAX_JETTY_THREADS = 16;

  private static final int MIN_JETTY_THREADS = 4;

  /** Of a request: its line and its headers. */
  static final int MAX_HEADER_BYTES = 16 * 1024;

  private final Javalin javalin;
  private final GracefulHandler inFlight;
  private final HttpServerConfig config;
  private final List<HttpModule> modules;

  private HttpServer(
      Javalin javalin,
      GracefulHandler inFlight,
      HttpServerConfig config,
      List<HttpModule> modules) {
    this.javalin = javalin;
    this.inFlight = inFlight;
    this.config = config;
    this.modules = modules;
  }

  /**
   * Starts to listen.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public static HttpServer start(
      HttpServerConfig config, PrometheusMeterRegistry metrics, List<HttpModule> modules) {
    RequestMetrics requestMetrics = new RequestMetrics(metrics);
    GracefulHandler inFlight = new GracefulHandler();
    Javalin javalin =
        Javalin.create(
            javalinConfig -> {
              listen(javalinConfig, config, new ConnectionBounds(config.limits(), metrics));
              javalinConfig.jetty.modifyServer(server -> prepare(server, inFlight, requestMetrics));
              javalinConfig.jetty.modifyServletContextHandler(
                  servlets -> prepare(servlets, requestMetrics));
              ErrorRoutes.addTo(javalinConfig);
              new HealthRoutes(modules, metrics).addTo(javalinConfig.routes);
              modules.forEach(module -> module.routes(javalinConfig));
              javalinConfig.routes.after(UnreadBody::drop);
              javalinConfig.requestLogger.http(
                  (context, elapsedMs) ->
                      requestMetrics.record(
                          context, Duration.ofNanos((long) (elapsedMs * 1_000_000))));
            });
    javalin.start();
    HttpServer server = new HttpServer(javalin, inFlight, config, List.copyOf(modules));
    LOG.info("http server listens host={} port={}", config.host(), server.port());
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** All paths that it answers, so that a document can be held against them. */
  public List<Route> routes() {
    return Stream.concat(
            javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> new Route(endpoint.method.name(), endpoint.path)),
            javalin.unsafe.internalRouter.allWsHandlers().stream()
                .map(socket -> new Route("GET", socket.getPath())))
        .distinct()
        .toList();
  }

  /**
   * Takes no more requests, lets the modules end their streams, waits for requests in flight up to
   * the configured timeout, and cuts off the rest.
   */
  @Override
  public void close() {
    modules.forEach(HttpModule::serverStopping);
    awaitInFlight();
    try {
      javalin.stop();
      LOG.info("http server stopped");
    } catch (JavalinException failed) {
      LOG.warn("http server did not stop cleanly", failed);
    }
  }

  /** Clients' idle connections are not waited for: those are cut with the server. */
  private void awaitInFlight() {
    try {
      inFlight.shutdown().get(config.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warn(
          "requests are cut off requests={} waited={}",
          inFlight.getCurrentRequestCount(),
          config.stopTimeout());
    } catch (ExecutionException failed) {
      LOG.warn("requests in flight are not known", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void listen(
      JavalinConfig javalin, HttpServerConfig config, ConnectionBounds bounds) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.concurrency.useVirtualThreads = true;
    javalin.http.maxRequestSize = RequestBounds.MAX_BODY_BYTES;
    javalin.appData(RequestBody.LIMITS, config.limits());
    javalin.jetty.addConnector((server, http) -> connector(server, http, config, bounds));
    javalin.jetty.threadPool = threadPool();
    javalin.jetty.modifyHttpConfiguration(
        http -> {
          http.setRequestHeaderSize(MAX_HEADER_BYTES);
          http.setSendDateHeader(false);
          // Javalin would take what only some servers and proxies read alike.
          http.setUriCompliance(UriCompliance.RFC3986);
        });
  }

  private static Connector connector(
      Server server, HttpConfiguration http, HttpServerConfig config, ConnectionBounds bounds) {
    ServerConnector connector = new BoundedConnector(server, http, bounds);
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    return connector;
  }

  private static void prepare(Server server, GracefulHandler inFlight, RequestMetrics metrics) {
    server.setStopTimeout(0);
    server.setErrorHandler(new JettyErrors(metrics));
    inFlight.setHandler(new RequestGate(metrics));
    server.insertHandler(inFlight);
  }

  private static void prepare(ServletContextHandler servlets, RequestMetrics metrics) {
    servlets.setErrorHandler(new JettyErrors(metrics));
    NoSessions.addTo(servlets);
  }

  private static QueuedThreadPool threadPool() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_JETTY_THREADS, MIN_JETTY_THREADS);
    pool.setName("http");
    pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return pool;
  }
}
