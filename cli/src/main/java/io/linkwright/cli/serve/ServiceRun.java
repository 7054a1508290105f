package io.linkwright.cli.serve;

import io.linkwright.cli.run.RunException;
import io.linkwright.cli.run.StopSignal;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service behind its HTTP server, from its start to the signal that ends it. */
public final class ServiceRun {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);

  private ServiceRun() {}

  /** A service that was started, and how it is stopped. */
  public record Part(HttpModule module, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }

  /**
   * Starts the service and its server, and returns when SIGTERM or SIGINT has ended them: requests
   * in flight first, then the service. Whether it can serve, {@code /readyz} says.
   *
   * @throws RunException if either cannot start
   */
  public static void untilInterrupted(
      HttpServerConfig http, PrintWriter out, Function<PrometheusMeterRegistry, Part> start)
      throws RunException {
    ServiceLog.writeToConsole();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (StopSignal _ = StopSignal.interruptingThisThread();
        Part part = start.apply(metrics);
        HttpServer server = HttpServer.start(http, metrics, List.of(part.module()))) {
      String name = part.module().name();
      out.printf("%s serves http://%s:%d%n", name, http.host(), server.port());
      StopSignal.await();
      out.printf("%s stops.%n", name);
    } catch (RuntimeException failed) {
      LOG.error("service failed", failed);
      throw new RunException("the service cannot run: " + failed.getMessage(), failed);
    }
  }
}
